package io.hindcast.runtime;

import java.time.Instant;
import java.time.InstantSource;

/** A market's clock that can be waited for. */
public interface MarketTime extends InstantSource {

    /** Blocks until the clock shows {@code time}; false if it will never show it: the market ended or was closed. */
    boolean awaitTime(Instant time) throws InterruptedException;
}
