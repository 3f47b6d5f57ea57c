package io.hindcast.query;

import io.hindcast.api.RefusedException;
import java.time.Instant;

/**
 * The buckets of a chart: of the lengths that divide a day the smallest with which a period has no more than so many.
 *
 * @param minutes length
 * @param from when the first begins, in seconds since 1970
 * @param to when the one after the last begins
 */
public record Buckets(int minutes, long from, long to) {

    /** Most points that may be asked for. */
    public static final int MAX_POINTS = 5000;

    private static final int[] LENGTHS = {1, 5, 15, 30, 60, 120, 240, 480, 720, 1440};

    /** Chosen for the period from {@code from} up to and not including {@code to}; buckets at its edges are whole. */
    public static Buckets of(Instant from, Instant to, int maxPoints) {
        Check.range("maxPoints", maxPoints, 1, MAX_POINTS);
        Check.period(from, to);
        for (int minutes : LENGTHS) {
            long seconds = minutes * 60L;
            long first = Math.floorDiv(from.getEpochSecond(), seconds) * seconds;
            long end = -Math.floorDiv(-(to.getEpochSecond() + (to.getNano() > 0 ? 1 : 0)), seconds) * seconds;
            if ((end - first) / seconds <= maxPoints) {
                return new Buckets(minutes, first, end);
            }
        }
        throw RefusedException.of(
                "PERIOD_TOO_LONG",
                "to",
                to,
                "at most " + maxPoints + " UTC days from " + from + " on, or a larger maxPoints");
    }

    public int seconds() {
        return minutes * 60;
    }

    /** The interval of the table that a bucket is made of. */
    public int sourceMinutes() {
        return minutes < 5 ? 1 : minutes < 60 ? 5 : minutes < 1440 ? 60 : 1440;
    }

    public long firstDay() {
        return Math.floorDiv(from, 86_400L);
    }

    /** The day that holds the last bucket. */
    public long lastDay() {
        return Math.floorDiv(to - 1, 86_400L);
    }
}
