package io.hindcast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    private final Random random = new Random(1);

    @Test
    void endsAfterItsAttempts() {
        RetryPolicy policy = RetryPolicy.of(3, BACKOFF);
        assertThat(policy.waitAfter(2, random)).isPresent();
        assertThat(policy.waitAfter(3, random)).isEmpty();
    }

    @Test
    void waitsAsLongAsTheOtherSideAsksForUpToItsLimit() {
        RetryPolicy policy = new RetryPolicy(3, BACKOFF, Duration.ofSeconds(5));
        assertThat(policy.waitAfter(1, Duration.ofSeconds(5), random)).contains(Duration.ofSeconds(5));
        assertThat(policy.waitAfter(1, Duration.ofSeconds(6), random)).isEmpty();
    }

    @Test
    void refusesAPolicyWithoutAnAttempt() {
        assertThatThrownBy(() -> RetryPolicy.of(0, BACKOFF)).hasMessageContaining("1 or more");
    }
}
