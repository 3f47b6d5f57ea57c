package io.hindcast.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from {@code first} up to {@code longest}, of which the upper half
 * is random, so that many clients that failed together do not come back together.
 *
 * @param first full wait after the first failure, more than zero
 * @param longest full wait that is never exceeded, {@code first} or more
 */
public record Backoff(Duration first, Duration longest) {

    public Backoff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("waits between attempts grow from " + first + " to " + longest
                    + ", expected more than zero, and the longest no shorter than the first");
        }
    }

    /**
     * The wait after a number of failures in a row.
     *
     * @param failures in a row, 1 or more
     */
    public Duration after(int failures, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("wait after " + failures + " failures, expected 1 or more");
        }
        long most = longest.toNanos();
        long full = first.toNanos();
        for (int i = 1; i < failures && full < most; i++) {
            full = full > most / 2 ? most : full * 2;
        }
        return Duration.ofNanos(full / 2 + (long) (random.nextDouble() * (full - full / 2)));
    }
}
