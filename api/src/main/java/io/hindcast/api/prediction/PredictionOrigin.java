package io.hindcast.api.prediction;

import io.hindcast.api.market.Interval;
import java.time.Instant;

/** The way a prediction was made. Only {@link #LIVE} counts as live performance. */
public enum PredictionOrigin {
    /** Recorded before its outcome became partly visible. */
    LIVE,
    /** Recorded when part of its outcome was already visible. */
    LATE,
    /** Computed afterwards from the log. */
    RECONCILED;

    /**
     * Returns {@code LIVE} or {@code LATE}, by market time: the outcome of the bar that opens at {@code openTime}
     * becomes partly visible when the next bar closes.
     */
    public static PredictionOrigin at(Instant openTime, Interval interval, Instant recordedAt) {
        Instant outcomeVisible = openTime.plus(interval.length().multipliedBy(2));
        return recordedAt.isBefore(outcomeVisible) ? LIVE : LATE;
    }
}
