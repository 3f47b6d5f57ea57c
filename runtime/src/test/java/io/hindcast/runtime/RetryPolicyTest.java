package io.hindcast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

    @Test
    void pausesBetweenAttemptsAndNotAfterTheLast() {
        RetryPolicy policy = new RetryPolicy(3, BACKOFF);
        Random random = new Random(1);

        assertThat(policy.pauseAfter(1, random))
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1)));
        assertThat(policy.pauseAfter(2, random))
                .hasValueSatisfying(pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(policy.pauseAfter(3, random)).isEmpty();
        assertThat(policy.pauseAfter(4, random)).isEmpty();
    }

    @Test
    void doesNotRetryWithASingleAttempt() {
        assertThat(new RetryPolicy(1, BACKOFF).pauseAfter(1, new Random(1))).isEmpty();
    }

    @Test
    void refusesAPolicyWithoutAnAttempt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(0, BACKOFF))
                .withMessageContaining("attempts was 0");
    }
}
