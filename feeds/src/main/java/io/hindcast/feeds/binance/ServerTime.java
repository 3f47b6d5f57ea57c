package io.hindcast.feeds.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Estimate of the exchange's clock: the market clock here plus an offset that is known up to half a round trip. A new
 * measurement replaces the old one if it is more precise or contradicts it, so one slow answer does not make a good
 * estimate worse. Thread-safe.
 */
public final class ServerTime {

    private record Estimate(Duration offset, Duration uncertainty) {}

    private final InstantSource marketClock;
    private volatile Estimate estimate = new Estimate(Duration.ZERO, Duration.ZERO);
    private boolean measured;

    /** Creates an estimate that equals the market clock until the first measurement. */
    public ServerTime(InstantSource marketClock) {
        this.marketClock = marketClock;
    }

    /** Parses an answer of {@code /api/v3/time}. */
    static Instant parse(JsonFactory json, byte[] body) throws IOException {
        try (JsonParser in = json.createParser(body)) {
            while (in.nextToken() != null) {
                if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && "serverTime".equals(in.currentName())) {
                    return Instant.ofEpochMilli(in.getLongValue());
                }
            }
        }
        throw new IOException("the answer has no serverTime: " + ErrorBody.shortened(body));
    }

    /**
     * Adds a measurement: the exchange's clock showed {@code server} at a moment between {@code sent} and
     * {@code received}.
     */
    synchronized void measured(Instant sent, Instant received, Instant server) {
        Duration half = Duration.between(sent, received).dividedBy(2);
        Duration offset = Duration.between(sent.plus(half), server);
        Estimate held = estimate;
        // The exchange answers in whole milliseconds.
        Duration slack = half.plus(held.uncertainty()).plusMillis(1);
        boolean contradicted = offset.minus(held.offset()).abs().compareTo(slack) > 0;
        if (!measured || contradicted || half.compareTo(held.uncertainty()) < 0) {
            estimate = new Estimate(offset, half);
            measured = true;
        }
    }

    /** Returns how far the exchange's clock is ahead of the market clock here. */
    public Duration skew() {
        return estimate.offset();
    }

    /** Returns the best estimate of the exchange's time now. */
    public Instant now() {
        return marketClock.instant().plus(estimate.offset());
    }

    /** Returns the earliest time that the exchange's clock can show now: a bar that closed by then is closed. */
    public Instant earliest() {
        Estimate e = estimate;
        return marketClock.instant().plus(e.offset()).minus(e.uncertainty());
    }
}
