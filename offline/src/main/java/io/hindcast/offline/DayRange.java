package io.hindcast.offline;

import io.hindcast.api.market.UtcDay;
import io.hindcast.console.StartFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A range of UTC days.
 *
 * @param from first day
 * @param to last day, inclusive
 */
public record DayRange(LocalDate from, LocalDate to) {

    /** Returns the open time of the first minute. */
    public Instant firstMinute() {
        return UtcDay.start(from);
    }

    /** Returns the open time of the last minute. */
    public Instant lastMinute() {
        return UtcDay.end(to).minus(Duration.ofMinutes(1));
    }

    /** Returns the last millisecond. */
    public long lastMillis() {
        return UtcDay.end(to).toEpochMilli() - 1;
    }

    /**
     * Returns this range; refuses it unless it is in order and within the archive.
     *
     * @param archive days that the archive holds
     * @param option prefix of the options --from and --to that named it
     */
    public DayRange within(DayRange archive, String option) {
        if (to.isBefore(from)) {
            throw new StartFailure("--" + option + "to " + to + " is before --" + option + "from " + from
                    + ". Give the first day first.");
        }
        if (from.isBefore(archive.from) || to.isAfter(archive.to)) {
            throw new StartFailure("The archive holds " + archive + ", not all of " + this + ". Choose --" + option
                    + "from and --" + option + "to within it, or name an archive that has these days.");
        }
        return this;
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
