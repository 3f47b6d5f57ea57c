package io.hindcast.offline;

import io.hindcast.console.StartFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Whole days, UTC.
 *
 * @param from first day
 * @param to last day, inclusive
 */
public record Days(LocalDate from, LocalDate to) {

    /** Open time of the first minute. */
    public Instant first() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Open time of the last minute. */
    public Instant last() {
        return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minus(Duration.ofMinutes(1));
    }

    /** Last millisecond. */
    public long end() {
        return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - 1;
    }

    /** These, if they are in order and {@code held} has them all; {@code option} is what named them. */
    public Days within(Days held, String option) {
        if (to.isBefore(from)) {
            throw new StartFailure("--" + option + "to " + to + " is before --" + option + "from " + from
                    + ". Give the first day first.");
        }
        if (from.isBefore(held.from) || to.isAfter(held.to)) {
            throw new StartFailure("The archive holds " + held + ", not all of " + this + ". Choose --" + option
                    + "from and --" + option + "to within it, or name an archive that has these days.");
        }
        return this;
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
