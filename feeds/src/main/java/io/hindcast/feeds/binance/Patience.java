package io.hindcast.feeds.binance;

import java.time.Duration;

/**
 * How hard a REST request is tried.
 *
 * @param attempts at most
 * @param longestWait before any one of them, whatever the exchange asks for
 */
public record Patience(int attempts, Duration longestWait) {

    /** For history: nobody waits for a single bar. */
    public static final Patience IMPORT = new Patience(8, Duration.ofMinutes(5));

    /** For repairs beside a live stream, which must not stand still: what fails is tried again later. */
    public static final Patience LIVE = new Patience(3, Duration.ofSeconds(2));

    /** For a first contact, which should fail at once. */
    public static final Patience FIRST = new Patience(2, Duration.ofSeconds(1));
}
