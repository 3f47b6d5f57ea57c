package io.hindcast.api.audit;

import io.hindcast.api.prediction.Signal;

/**
 * Three numbers that are recorded as probabilities. Unlike {@link io.hindcast.api.prediction.Probabilities} they may be
 * any: an audit reports what a log holds that was tampered with.
 */
public record AuditScores(double sell, double hold, double buy) {

    /** Returns the greatest; on an exact tie HOLD before SELL before BUY. */
    public Signal signal() {
        if (hold >= sell && hold >= buy) {
            return Signal.HOLD;
        }
        return sell >= buy ? Signal.SELL : Signal.BUY;
    }

    /** Returns whether each number is within a distance of the other's. */
    public boolean isWithin(double distance, AuditScores other) {
        return Math.abs(sell - other.sell) <= distance
                && Math.abs(hold - other.hold) <= distance
                && Math.abs(buy - other.buy) <= distance;
    }
}
