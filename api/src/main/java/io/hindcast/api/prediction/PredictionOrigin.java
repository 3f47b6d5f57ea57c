package io.hindcast.api.prediction;

import io.hindcast.api.market.Interval;
import java.time.Instant;

/** How a prediction came about. Only {@link #LIVE} counts as live performance. */
public enum PredictionOrigin {
    /** Recorded before its outcome began to show. */
    LIVE,
    /** Recorded when part of its outcome could already be seen. */
    LATE,
    /** Computed afterwards from the log. */
    RECONCILED;

    /**
     * Live or late, by market time: the outcome of the bar that opens at {@code openTime} begins to show when the bar
     * after it closes.
     */
    public static PredictionOrigin at(Instant openTime, Interval interval, Instant recordedAt) {
        Instant outcomeShows = openTime.plus(interval.length().multipliedBy(2));
        return recordedAt.isBefore(outcomeShows) ? LIVE : LATE;
    }
}
