package io.hindcast.ml.label;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;

/** What a bar turned out to be, once its horizon was over. */
public final class Outcome {

    private Outcome() {}

    /** {@code 100 · (later − close) / close}, in percent. */
    public static double changePercent(double close, double later) {
        return 100 * (later - close) / close;
    }

    /**
     * The signal that would have been right: BUY above the threshold, SELL below its negative, else HOLD; a change
     * equal to the threshold is HOLD.
     */
    public static Signal of(LabelSpec label, double close, double later) {
        double change = changePercent(close, later);
        if (change > label.thresholdPercent()) {
            return Signal.BUY;
        }
        return change < -label.thresholdPercent() ? Signal.SELL : Signal.HOLD;
    }
}
