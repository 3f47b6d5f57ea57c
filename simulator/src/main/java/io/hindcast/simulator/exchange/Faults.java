package io.hindcast.simulator.exchange;

import java.time.Duration;

/**
 * Faults of the simulated exchange, each as it happens at a real one. All are off at first and can be switched at any
 * time; they concern all symbols unless they name one. Thread-safe.
 */
public final class Faults {

    private final RestFaults rest = new RestFaults();
    private final StreamFaults streams = new StreamFaults();
    private final MarketFaults markets = new MarketFaults();
    private volatile Duration skew = Duration.ZERO;

    /** Returns the faults of answers to REST requests. */
    public RestFaults rest() {
        return rest;
    }

    /** Returns the faults of stream connections and their messages. */
    public StreamFaults streams() {
        return streams;
    }

    /** Returns the faults of the markets themselves, which REST and streams share. */
    public MarketFaults markets() {
        return markets;
    }

    /** Sets how far the exchange's own clock is ahead of the market's. */
    public void skew(Duration ahead) {
        skew = ahead;
    }

    /** Switches all faults off. */
    public void clear() {
        rest.clear();
        streams.clear();
        markets.clear();
        skew = Duration.ZERO;
    }

    Duration skew() {
        return skew;
    }
}
