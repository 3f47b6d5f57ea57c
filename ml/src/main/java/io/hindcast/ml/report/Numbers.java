package io.hindcast.ml.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Numbers as people read them, the same in every language setting. */
final class Numbers {

    private Numbers() {}

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    static String decimals(double value, int places) {
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, "%." + places + "f", value).replace('-', '−');
    }

    /** A share as {@code 41.2 %}. */
    static String percent(double share) {
        return decimals(100 * share, 1) + " %";
    }

    /** A gain or loss as {@code +3.1 %} or {@code −99.98 %}: never a loss of everything that was not one. */
    static String change(double fraction) {
        String sign = fraction > 0 ? "+" : "";
        double percent = 100 * fraction;
        if (fraction > -1 && percent <= -99.95) {
            return percent <= -99.995 ? "< −99.99 %" : decimals(percent, 2) + " %";
        }
        return percent >= 10_000
                ? "× " + (fraction >= 1e6 ? scientific(1 + fraction) : count(Math.round(1 + fraction)))
                : sign + decimals(percent, 1) + " %";
    }

    private static String scientific(double value) {
        int power = (int) Math.floor(StrictMath.log10(value));
        return decimals(value / StrictMath.pow(10, power), 1) + "e" + power;
    }

    /** Three or four digits that matter. */
    static String figure(double value) {
        double size = Math.abs(value);
        return decimals(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 || size == 0 ? 3 : 4);
    }

    static String bytes(long bytes) {
        return bytes < 1_000_000
                ? decimals(bytes / 1e3, bytes < 10_000 ? 1 : 0) + " kB"
                : decimals(bytes / 1e6, bytes < 10_000_000 ? 1 : 0) + " MB";
    }

    static String time(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1e3);
        return seconds < 60
                ? decimals(duration.toMillis() / 1e3, 1) + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    static LocalDate day(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** As in {@code 2022-10-01 to 2022-12-31}. */
    static String days(Instant from, Instant to) {
        return day(from) + " to " + day(to);
    }
}
