package io.hindcast.query;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The equal buckets that a chart divides its period into.
 *
 * @param minutes length of a bucket, a divisor of a day
 * @param from start of the first bucket, in seconds since 1970
 * @param to end of the last bucket, in seconds since 1970
 */
public record ChartBuckets(int minutes, long from, long to) {

    /** Most points that may be asked for. */
    public static final int MAX_POINTS = 5000;

    private static final int[] LENGTHS = {1, 5, 15, 30, 60, 120, 240, 480, 720, 1440};

    /**
     * Returns the shortest buckets of which at most {@code maxPoints} cover the period from {@code from} (inclusive) to
     * {@code to} (exclusive). The buckets at the edges are whole ones, which may reach beyond the period.
     */
    public static ChartBuckets of(Instant from, Instant to, int maxPoints) {
        QueryArguments.requireRange("maxPoints", maxPoints, 1, MAX_POINTS);
        QueryArguments.requirePeriod(from, to);
        for (int minutes : LENGTHS) {
            long seconds = minutes * 60L;
            long first = Math.floorDiv(from.getEpochSecond(), seconds) * seconds;
            long end = -Math.floorDiv(-(to.getEpochSecond() + (to.getNano() > 0 ? 1 : 0)), seconds) * seconds;
            if ((end - first) / seconds <= maxPoints) {
                return new ChartBuckets(minutes, first, end);
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

    /** Returns the start of the bucket that holds a time, both in seconds since 1970. */
    public long start(long time) {
        return Math.floorDiv(time, (long) seconds()) * seconds();
    }

    /** Returns the interval of the coarsest table that the buckets can be merged from, in minutes. */
    public int sourceMinutes() {
        return minutes < 5 ? 1 : minutes < 60 ? 5 : minutes < 1440 ? 60 : 1440;
    }

    public LocalDate firstDay() {
        return UtcDay.of(Instant.ofEpochSecond(from));
    }

    /** Returns the day of the last bucket. */
    public LocalDate lastDay() {
        return UtcDay.of(Instant.ofEpochSecond(to - 1));
    }
}
