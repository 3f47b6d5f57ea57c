package io.hindcast.api.prediction;

import java.util.List;

/** The direction a prediction advises, or the direction a price then took. Stored models depend on the order. */
public enum Signal {
    /** The price falls by more than the threshold. */
    SELL,
    /** The price stays within the threshold. */
    HOLD,
    /** The price rises by more than the threshold. */
    BUY;

    /** All signals in the class order of every model: SELL 0, HOLD 1, BUY 2. */
    public static final List<Signal> CLASSES = List.of(values());

    /**
     * Names a realised price change: BUY above the threshold, SELL below its negative, else HOLD. A change equal to the
     * threshold is HOLD.
     *
     * @param changePercent as returned by {@link io.hindcast.api.market.PriceChange}
     * @param thresholdPercent 0 or more
     */
    public static Signal of(double changePercent, double thresholdPercent) {
        if (changePercent > thresholdPercent) {
            return BUY;
        }
        return changePercent < -thresholdPercent ? SELL : HOLD;
    }

    /** Returns the signal at a position of the class order, 0 to 2. */
    public static Signal ofClass(int index) {
        return CLASSES.get(index);
    }

    /** Returns this signal's position in the class order, 0 to 2. */
    @SuppressWarnings("EnumOrdinal") // the class order is the declaration order
    public int classIndex() {
        return ordinal();
    }
}
