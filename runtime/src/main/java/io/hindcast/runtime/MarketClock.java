package io.hindcast.runtime;

import java.time.Instant;
import java.time.InstantSource;

/** A market's clock that threads can wait on. Thread-safe. */
public interface MarketClock extends InstantSource {

    /**
     * Blocks the calling thread until the clock reaches {@code time}.
     *
     * @return false if the clock will never reach it, because the market ended or was closed
     */
    boolean awaitTime(Instant time) throws InterruptedException;
}
