package io.hindcast.query;

import io.hindcast.api.RefusedException;
import java.time.Instant;

/** Checks of a query's arguments, which refuse a wrong one with the value that was expected. */
public final class QueryArguments {

    /** Later than every recorded time. */
    public static final Instant END_OF_TIME = Instant.ofEpochSecond(253_402_300_799L);

    private QueryArguments() {}

    /** Refuses a number outside {@code least} to {@code most}. */
    public static void requireRange(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw RefusedException.of("OUT_OF_RANGE", field, value, least + " to " + most);
        }
    }

    /** Refuses an empty or reversed period. */
    public static void requirePeriod(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw RefusedException.of("BAD_PERIOD", "from", from, "a time before to, which is " + to);
        }
    }
}
