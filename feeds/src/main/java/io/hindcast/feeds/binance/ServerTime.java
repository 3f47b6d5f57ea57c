package io.hindcast.feeds.binance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The exchange's clock as seen from here: the market clock plus an offset that is known up to half a round trip. A new
 * measurement replaces the old one if it is sharper or contradicts it, so that one slow answer never blurs a good
 * estimate.
 */
public final class ServerTime {

    private record Estimate(Duration offset, Duration uncertainty) {}

    private final InstantSource marketClock;
    private volatile Estimate estimate = new Estimate(Duration.ZERO, Duration.ZERO);
    private boolean measured;

    public ServerTime(InstantSource marketClock) {
        this.marketClock = marketClock;
    }

    /** Takes in that the exchange said {@code server} at some moment between {@code sent} and {@code received}. */
    synchronized void measured(Instant sent, Instant received, Instant server) {
        Duration half = Duration.between(sent, received).dividedBy(2);
        Duration offset = Duration.between(sent.plus(half), server);
        Estimate held = estimate;
        // The exchange's answer is in whole milliseconds.
        Duration slack = half.plus(held.uncertainty()).plusMillis(1);
        boolean contradicted = offset.minus(held.offset()).abs().compareTo(slack) > 0;
        if (!measured || contradicted || half.compareTo(held.uncertainty()) < 0) {
            estimate = new Estimate(offset, half);
            measured = true;
        }
    }

    /** How far the exchange's clock is ahead of the market clock here. */
    public Duration skew() {
        return estimate.offset();
    }

    /** The exchange's time now, as best we know. */
    public Instant now() {
        return marketClock.instant().plus(estimate.offset());
    }

    /** A time that the exchange's clock has surely passed by now: bars that closed by then are closed. */
    public Instant earliest() {
        Estimate e = estimate;
        return marketClock.instant().plus(e.offset()).minus(e.uncertainty());
    }
}
