package io.hindcast.api.model;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.PriceChange;
import io.hindcast.api.prediction.Signal;

/**
 * Defines the realised outcome of a bar: with {@code r = 100·(close(t+h) − close(t)) / close(t)} percent, BUY if
 * {@code r > threshold}, SELL if {@code r < −threshold}, else HOLD.
 *
 * @param horizonBars h, 1 or more
 * @param thresholdPercent 0 or more, in percent (0.015 is 1.5 basis points)
 */
public record LabelSpec(int horizonBars, double thresholdPercent) {
    public static final LabelSpec DEFAULT = new LabelSpec(1, 0.015);

    public LabelSpec {
        if (horizonBars < 1) {
            throw RefusedException.of("BAD_LABEL", "horizonBars", horizonBars, "1 or more");
        }
        if (!(thresholdPercent >= 0 && thresholdPercent < 100)) {
            throw RefusedException.of("BAD_LABEL", "thresholdPercent", thresholdPercent, "from 0 to below 100");
        }
    }

    /** Returns the outcome of a bar with this close, given the close {@code horizonBars} later. */
    public Signal outcome(double close, double later) {
        return Signal.of(PriceChange.percent(close, later), thresholdPercent);
    }
}
