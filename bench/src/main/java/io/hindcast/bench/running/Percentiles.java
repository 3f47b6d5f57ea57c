package io.hindcast.bench.running;

import java.util.Arrays;
import java.util.Locale;

/** Percentiles of measured times. */
final class Percentiles {

    /** Sorted in ascending order. */
    private final double[] millis;

    private Percentiles(double[] millis) {
        this.millis = millis;
    }

    static Percentiles ofNanos(long[] nanos) {
        return new Percentiles(
                Arrays.stream(nanos).sorted().mapToDouble(n -> n / 1e6).toArray());
    }

    /**
     * Returns a percentile by the nearest-rank method.
     *
     * @param share share of the values at or below it, above 0 up to 1
     */
    double at(double share) {
        return millis[(int) Math.ceil(share * millis.length) - 1];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, max %.2f ms (%d)", at(0.5), at(0.99), at(1), millis.length);
    }

    /** Returns the ratios to a yardstick's percentiles. */
    String against(Percentiles yardstick) {
        return String.format(
                Locale.ROOT, "ratio p50 %.1f, p99 %.1f", at(0.5) / yardstick.at(0.5), at(0.99) / yardstick.at(0.99));
    }
}
