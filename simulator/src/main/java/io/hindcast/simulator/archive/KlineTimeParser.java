package io.hindcast.simulator.archive;

import io.hindcast.api.kline.DecimalText;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses times: epoch seconds, milli-, micro- or nanoseconds, distinguished by their size, or an ISO date and time with
 * a zone. Not thread-safe.
 */
final class KlineTimeParser {

    static final String FORM =
            "epoch seconds or milliseconds, or a date and time with its zone like 2024-03-01T00:00:00Z";

    /** The year 2000; a smaller number is a row number, or something else. */
    private static final long EARLIEST_SECONDS = 946_684_800;
    /** The year 2100, which keeps the units apart. */
    private static final long LATEST_SECONDS = 4_102_444_800L;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][' ']HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[' '][XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private long millis;
    private @Nullable String problem;

    /** Parses a cell; returns false if it is not a time, which {@link #problem()} may explain. */
    boolean parse(KlineLineReader lines, int cell, DecimalText decimal) {
        problem = null;
        if (lines.read(cell, decimal)) {
            return decimal.scale() == 0 && ofEpoch(decimal.unscaled());
        }
        return readText(lines.cell(cell));
    }

    /** Returns the last time parsed in epoch milliseconds, rounded up. */
    long millis() {
        return millis;
    }

    /** Returns the reason why the last cell is not a time, null if it is plainly something else. */
    @Nullable String problem() {
        return problem;
    }

    private boolean ofEpoch(long number) {
        for (long perSecond = 1; perSecond <= 1_000_000_000; perSecond *= 1_000) {
            if (number >= EARLIEST_SECONDS * perSecond && number / perSecond < LATEST_SECONDS) {
                millis = perSecond <= 1_000 ? number * (1_000 / perSecond) : Math.ceilDiv(number, perSecond / 1_000);
                return true;
            }
        }
        return false;
    }

    private boolean readText(String text) {
        if (text.matches("\\d{19}")) {
            return ofEpoch(Long.parseLong(text));
        }
        if (text.matches("[0-9.,]+[eE][+]?\\d+")) {
            problem = ", rounded by a spreadsheet";
            return false;
        }
        try {
            TemporalAccessor time =
                    ISO.parseBest(text.replaceFirst(" ?(UTC|GMT)$", "Z"), OffsetDateTime::from, LocalDateTime::from);
            if (time instanceof OffsetDateTime zoned) {
                millis = zoned.toInstant().toEpochMilli();
                return true;
            }
            problem = ", a time without a zone";
            return false;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
