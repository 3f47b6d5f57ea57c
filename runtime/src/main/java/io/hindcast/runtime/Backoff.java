package io.hindcast.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff: pauses that double from {@code first} to {@code longest}. The upper half of each pause is
 * random, so that clients that failed together do not retry together.
 *
 * @param first full pause after the first failure, more than zero
 * @param longest upper bound of the full pause, {@code first} or more
 */
public record Backoff(Duration first, Duration longest) {

    /** Refuses pauses that are not positive or that shrink. */
    public Backoff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("pauses between attempts grow from " + first + " to " + longest
                    + ", expected more than zero, and the longest no shorter than the first");
        }
    }

    /**
     * Returns the pause after a number of consecutive failures.
     *
     * @param failures consecutive failures, 1 or more
     */
    public Duration after(int failures, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("pause after " + failures + " failures, expected 1 or more");
        }
        long most = longest.toNanos();
        long full = first.toNanos();
        for (int i = 1; i < failures && full < most; i++) {
            full = full > most / 2 ? most : full * 2;
        }
        return Duration.ofNanos(full / 2 + (long) (random.nextDouble() * (full - full / 2)));
    }
}
