package io.hindcast.api.prediction;

import org.jspecify.annotations.Nullable;

/** Numbers of signals, or of outcomes, by direction. */
public record SignalCounts(long sell, long hold, long buy) {

    public static final SignalCounts NONE = new SignalCounts(0, 0, 0);

    /** Returns the counts of a single signal; of none if it is null. */
    static SignalCounts of(@Nullable Signal signal) {
        return new SignalCounts(
                signal == Signal.SELL ? 1 : 0, signal == Signal.HOLD ? 1 : 0, signal == Signal.BUY ? 1 : 0);
    }

    SignalCounts plus(SignalCounts other) {
        return new SignalCounts(sell + other.sell, hold + other.hold, buy + other.buy);
    }

    /** Returns the largest of the three. */
    public long largest() {
        return Math.max(sell, Math.max(hold, buy));
    }
}
