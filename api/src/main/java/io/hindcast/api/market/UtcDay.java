package io.hindcast.api.market;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Conversions between moments and UTC days, the days by which candles, articles and predictions are kept. */
public final class UtcDay {

    /** Length of every UTC day. */
    public static final Duration LENGTH = Duration.ofDays(1);

    private UtcDay() {}

    /** Returns the day that a moment falls on. */
    public static LocalDate of(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    /** Returns the midnight at which a day begins. */
    public static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Returns the midnight at which a day ends, which belongs to the next one. */
    public static Instant end(LocalDate day) {
        return start(day.plusDays(1));
    }
}
