package io.hindcast.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from {@code first} up to {@code longest}, of which the upper half is random,
 * so that many clients that failed together do not come back together.
 */
public record Backoff(Duration first, Duration longest) {

    /** The wait after the {@code failures}-th failure in a row, from 1. */
    public Duration after(int failures, RandomGenerator random) {
        long doubled = first.toNanos() << Math.min(failures - 1, 20);
        long full = Math.min(longest.toNanos(), Math.max(doubled, first.toNanos()));
        return Duration.ofNanos(full / 2 + (long) (random.nextDouble() * (full - full / 2)));
    }
}
