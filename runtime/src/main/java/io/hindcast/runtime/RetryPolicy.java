package io.hindcast.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Limits on repeating something that may fail for a while.
 *
 * @param attempts most attempts, the first included, 1 or more
 * @param backoff waits between attempts
 * @param longestWait longest wait accepted before one attempt, also if the other side asks for more
 */
public record RetryPolicy(int attempts, Backoff backoff, Duration longestWait) {

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts was " + attempts + ", expected 1 or more");
        }
    }

    /** Returns a policy whose waits are limited by its backoff alone. */
    public static RetryPolicy of(int attempts, Backoff backoff) {
        return new RetryPolicy(attempts, backoff, backoff.longest());
    }

    /** Returns the wait before the next attempt, empty if there is to be none. */
    public Optional<Duration> waitAfter(int failures, RandomGenerator random) {
        return waitAfter(failures, Duration.ZERO, random);
    }

    /**
     * Returns the wait before the next attempt, empty if there is to be none.
     *
     * @param failures attempts that failed so far, 1 or more
     * @param atLeast shortest wait that the other side accepts, zero if it named none
     */
    public Optional<Duration> waitAfter(int failures, Duration atLeast, RandomGenerator random) {
        if (failures >= attempts) {
            return Optional.empty();
        }
        Duration wait = backoff.after(failures, random);
        if (atLeast.compareTo(wait) > 0) {
            wait = atLeast;
        }
        return wait.compareTo(longestWait) > 0 ? Optional.empty() : Optional.of(wait);
    }
}
