package io.hindcast.ml.report;

import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/** Formats numbers for people, independently of the locale. */
final class NumberFormats {

    private NumberFormats() {}

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    static String decimals(double value, int places) {
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, "%." + places + "f", value).replace('-', '−');
    }

    /** Formats a share as {@code 41.2 %}. */
    static String percent(double share) {
        return decimals(100 * share, 1) + " %";
    }

    /**
     * Formats a gain or loss as {@code +3.1 %}. A loss of almost everything is not rounded to −100 %, and a gain of 100
     * times or more is a factor.
     */
    static String change(double fraction) {
        double percent = 100 * fraction;
        if (percent <= -99.995) {
            return "< −99.99 %";
        }
        if (percent >= 10_000) {
            return "× " + (fraction >= 1e6 ? scientific(1 + fraction) : count(Math.round(1 + fraction)));
        }
        return (fraction > 0 ? "+" : "") + decimals(percent, percent <= -99.95 ? 2 : 1) + " %";
    }

    private static String scientific(double value) {
        int power = (int) Math.floor(StrictMath.log10(value));
        return decimals(value / StrictMath.pow(10, power), 1) + "e" + power;
    }

    /** Formats a number with three or four significant digits. */
    static String figure(double value) {
        double size = Math.abs(value);
        return decimals(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 || size == 0 ? 3 : 4);
    }

    static LocalDate day(Instant moment) {
        return UtcDay.of(moment);
    }

    /** Formats a period as {@code 2022-10-01 to 2022-12-31}. */
    static String days(Instant from, Instant to) {
        return day(from) + " to " + day(to);
    }
}
