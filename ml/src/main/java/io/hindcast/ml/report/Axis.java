package io.hindcast.ml.report;

import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart.
 *
 * @param from number at the start
 * @param to number at the end, above {@code from}
 * @param logarithmic whether the scale is logarithmic; both ends are above 0 then
 * @param ticks labelled numbers
 */
record Axis(double from, double to, boolean logarithmic, List<Tick> ticks) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
    private static final long DAY_MILLIS = 86_400_000;

    record Tick(double at, String label) {}

    Axis {
        ticks = List.copyOf(ticks);
    }

    /** Returns the position of a number, 0 at the start and 1 at the end, clamped to these. */
    double share(double value) {
        double share = logarithmic
                ? StrictMath.log(Math.max(value, from) / from) / StrictMath.log(to / from)
                : (value - from) / (to - from);
        return Math.clamp(share, 0, 1);
    }

    /** Returns an axis from the smallest to the largest number, with round numbers as ticks. */
    static Axis linear(double least, double most, int ticks) {
        double span = most > least ? most - least : Math.max(1e-3, Math.abs(most) * 0.1);
        double step = roundStep(span / ticks);
        double from = step * Math.floor(least / step + 1e-9);
        double to = step * Math.ceil(Math.max(most, least + span / 2) / step - 1e-9);
        List<Tick> list = new ArrayList<>();
        int places = Math.max(0, (int) Math.ceil(-StrictMath.log10(step) - 1e-9));
        for (long i = Math.round(from / step); i <= Math.round(to / step); i++) {
            list.add(new Tick(i * step, NumberFormats.decimals(i * step, places)));
        }
        return new Axis(from, to, false, list);
    }

    private static double roundStep(double rough) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10);
    }

    /** Returns a logarithmic axis of multiples of a stake, with a tick per factor of ten. */
    static Axis multiples(double least, double most) {
        int low = (int) Math.floor(StrictMath.log10(least) + 1e-9);
        double end = Math.max(most, 1) * 1.25;
        int high = (int) Math.floor(StrictMath.log10(end));
        List<Tick> ticks = new ArrayList<>();
        int stride = Math.max(1, (high - low) / 6);
        for (int power = low; power <= high; power += stride) {
            double at = StrictMath.pow(10, power);
            ticks.add(new Tick(
                    at, "× " + (power < 0 ? NumberFormats.decimals(at, -power) : NumberFormats.count(Math.round(at)))));
        }
        return new Axis(StrictMath.pow(10, low), end, true, ticks);
    }

    /** Returns an axis of time in epoch milliseconds, with ticks at some midnights, UTC. */
    static Axis time(long from, long to) {
        long days = Math.max(1, (to - from) / DAY_MILLIS);
        List<Tick> ticks = new ArrayList<>();
        LocalDate first = UtcDay.of(Instant.ofEpochMilli(from + DAY_MILLIS - 1));
        long stride = Math.max(1, Math.round(days / 8.0));
        for (LocalDate day = first; ; day = day.plusDays(stride)) {
            long at = UtcDay.start(day).toEpochMilli();
            if (at > to) {
                return new Axis(from, Math.max(to, from + 1), false, ticks);
            }
            ticks.add(new Tick(at, day.format(DAY)));
        }
    }
}
