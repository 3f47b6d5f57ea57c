package io.hindcast.api.market;

/** Relative change from one price to a later one. */
public final class PriceChange {

    private PriceChange() {}

    /** Returns {@code 100 · (later − base) / base}, in percent. */
    public static double percent(double base, double later) {
        return 100 * (later - base) / base;
    }
}
