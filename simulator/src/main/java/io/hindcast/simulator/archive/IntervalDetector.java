package io.hindcast.simulator.archive;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Detects the interval of a file's klines, from the time between them and from the length that each states. */
final class IntervalDetector {

    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    /** Close times are written as the last milli-, micro- or whole second, or as the next open time. */
    private static final long CLOSE_TOLERANCE = 1_000;
    /**
     * Least share of neighbours that are a minute apart in a file of minutes, which may leave out minutes without a
     * trade.
     */
    private static final double MINUTE_SHARE = 0.05;

    private long[] opened = new long[4096];
    private int size;
    private final Map<Long, Integer> lengths = new HashMap<>();

    /** Adds a row; its close time may be missing. */
    void row(long openMillis, long closeMillis) {
        if (size == opened.length) {
            opened = Arrays.copyOf(opened, 2 * size);
        }
        opened[size++] = openMillis;
        if (closeMillis > openMillis) {
            lengths.merge(closeMillis - openMillis, 1, Integer::sum);
        }
    }

    /** Returns the interval if it is certainly not a minute, null if it is or cannot be detected. */
    @Nullable Duration other() {
        Map<Long, Integer> steps = steps();
        long step = mostFrequent(steps);
        if (step == MINUTE) {
            return null;
        }
        long length = mostFrequent(lengths);
        if (length > 0) {
            if (Math.abs(length - MINUTE) <= CLOSE_TOLERANCE) {
                return null;
            }
            // Where candles follow each other the time between them is the exact one.
            boolean same = step > 0 && Math.abs(length - step) <= CLOSE_TOLERANCE;
            return Duration.ofMillis(same ? step : Math.ceilDiv(length, CLOSE_TOLERANCE) * CLOSE_TOLERANCE);
        }
        int all = steps.values().stream().mapToInt(Integer::intValue).sum();
        return step == 0 || steps.getOrDefault(MINUTE, 0) >= MINUTE_SHARE * all ? null : Duration.ofMillis(step);
    }

    /** Returns an interval for people, with Binance's name: {@code 5 minutes (5m)}. */
    static String name(Duration interval) {
        long millis = interval.toMillis();
        if (millis >= 28 * DAY && millis <= 31 * DAY) {
            return "1 month (1mo)";
        }
        if (millis % (7 * DAY) == 0) {
            return named(millis / (7 * DAY), "week", "w");
        }
        if (millis % DAY == 0) {
            return named(millis / DAY, "day", "d");
        }
        if (millis % 3_600_000 == 0) {
            return named(millis / 3_600_000, "hour", "h");
        }
        if (millis % MINUTE == 0) {
            return named(millis / MINUTE, "minute", "m");
        }
        return millis % 1_000 == 0 ? named(millis / 1_000, "second", "s") : millis + " milliseconds";
    }

    private static String named(long count, String unit, String code) {
        return count + " " + unit + (count == 1 ? "" : "s") + " (" + count + code + ")";
    }

    private Map<Long, Integer> steps() {
        long[] sorted = Arrays.copyOf(opened, size);
        Arrays.sort(sorted);
        Map<Long, Integer> steps = new HashMap<>();
        for (int i = 1; i < size; i++) {
            if (sorted[i] > sorted[i - 1]) {
                steps.merge(sorted[i] - sorted[i - 1], 1, Integer::sum);
            }
        }
        return steps;
    }

    private static long mostFrequent(Map<Long, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(0L);
    }
}
