package io.hindcast.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A retry policy: how often something is attempted, with growing pauses in between.
 *
 * @param attempts maximum number of attempts, the first one included, 1 or more
 * @param backoff pauses between attempts
 */
public record RetryPolicy(int attempts, Backoff backoff) {

    /** Refuses a policy without an attempt. */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts was " + attempts + ", expected 1 or more");
        }
    }

    /**
     * Returns the pause before the next attempt, or empty if no attempt is left.
     *
     * @param failures failed attempts so far, 1 or more
     */
    public Optional<Duration> pauseAfter(int failures, RandomGenerator random) {
        return failures < attempts ? Optional.of(backoff.after(failures, random)) : Optional.empty();
    }
}
