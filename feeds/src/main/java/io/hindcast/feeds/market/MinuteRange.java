package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.UtcDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of minutes in which bars open.
 *
 * @param from first open time
 * @param to last open time, at least {@code from}
 */
record MinuteRange(Instant from, Instant to) {

    static final Duration BAR = Interval.ONE_MINUTE.length();

    /** Returns the end of the range: the close of its last bar. */
    Instant end() {
        return to.plus(BAR);
    }

    boolean contains(Instant openTime) {
        return !openTime.isBefore(from) && !openTime.isAfter(to);
    }

    /** Returns these minutes cut at midnight UTC. */
    List<MinuteRange> byDay() {
        List<MinuteRange> parts = new ArrayList<>();
        Instant start = from;
        while (!start.isAfter(to)) {
            Instant midnight = UtcDay.end(UtcDay.of(start));
            parts.add(new MinuteRange(start, midnight.isAfter(to) ? to : midnight.minus(BAR)));
            start = midnight;
        }
        return parts;
    }

    /** Returns the parts of these minutes that have no bar among {@code bars}, which are in order. */
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

    /** Returns the UTC day on which the range begins. */
    LocalDate day() {
        return UtcDay.of(from);
    }

    /** Returns the first minute's number in its day, from 0. */
    int fromMinute() {
        return minuteOfDay(from);
    }

    /** Returns the last minute's number in its day, from 0. */
    int toMinute() {
        return minuteOfDay(to);
    }

    private static int minuteOfDay(Instant time) {
        return (int) (Math.floorMod(time.getEpochSecond(), 86_400L) / 60);
    }
}
