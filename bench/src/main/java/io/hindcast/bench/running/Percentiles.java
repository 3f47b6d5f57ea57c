package io.hindcast.bench.running;

import java.util.Arrays;
import java.util.Locale;

/** Measured times. */
final class Percentiles {

    /** Sorted. */
    private final double[] millis;

    private Percentiles(double[] millis) {
        this.millis = millis;
    }

    static Percentiles ofNanos(long[] nanos) {
        return new Percentiles(
                Arrays.stream(nanos).sorted().mapToDouble(n -> n / 1e6).toArray());
    }

    /** The smallest value that at least this share, above 0 to 1, of all is not above (nearest rank). */
    double at(double share) {
        return millis[(int) Math.ceil(share * millis.length) - 1];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, max %.2f ms (%d)", at(0.5), at(0.99), at(1), millis.length);
    }

    /** These beside a yardstick's. */
    String against(Percentiles yardstick) {
        return String.format(
                Locale.ROOT, "ratio p50 %.1f, p99 %.1f", at(0.5) / yardstick.at(0.5), at(0.99) / yardstick.at(0.99));
    }
}
