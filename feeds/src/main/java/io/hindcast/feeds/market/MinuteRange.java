package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of minutes in which bars open.
 *
 * @param from first open time
 * @param to last open time, at least {@code from}
 */
record MinuteRange(Instant from, Instant to) {

    static final Duration BAR = Duration.ofMinutes(1);

    long count() {
        return ChronoUnit.MINUTES.between(from, to) + 1;
    }

    /** These minutes cut at midnight UTC. */
    List<MinuteRange> byDay() {
        List<MinuteRange> parts = new ArrayList<>();
        Instant start = from;
        while (!start.isAfter(to)) {
            Instant lastOfDay = dayOf(start)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .minus(BAR);
            parts.add(new MinuteRange(start, lastOfDay.isBefore(to) ? lastOfDay : to));
            start = lastOfDay.plus(BAR);
        }
        return parts;
    }

    /** What of these minutes is not among the bars, which are in order. */
    List<MinuteRange> without(List<Candle> bars) {
        List<MinuteRange> missing = new ArrayList<>();
        Instant expected = from;
        for (Candle bar : bars) {
            if (bar.openTime().isAfter(to)) {
                break;
            }
            if (bar.openTime().isAfter(expected)) {
                missing.add(new MinuteRange(expected, bar.openTime().minus(BAR)));
            }
            if (!bar.openTime().isBefore(expected)) {
                expected = bar.openTime().plus(BAR);
            }
        }
        if (!expected.isAfter(to)) {
            missing.add(new MinuteRange(expected, to));
        }
        return missing;
    }

    LocalDate day() {
        return dayOf(from);
    }

    int fromMinute() {
        return minuteOf(from);
    }

    int toMinute() {
        return minuteOf(to);
    }

    static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static int minuteOf(Instant time) {
        return (int) (Math.floorMod(time.getEpochSecond(), 86_400L) / 60);
    }
}
