package io.hindcast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final RandomGenerator ALWAYS_MOST = new Random() {
        private static final long serialVersionUID = 1L;

        @Override
        public double nextDouble() {
            return Math.nextDown(1.0);
        }
    };

    @Test
    void doublesUpToTheLongestPause() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3));

        assertThat(IntStream.rangeClosed(1, 5)
                        .mapToLong(
                                failures -> backoff.after(failures, ALWAYS_MOST).toMillis() + 1)
                        .toArray())
                .containsExactly(500, 1_000, 2_000, 3_000, 3_000);
    }

    @Test
    void randomizesTheUpperHalf() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        Random random = new Random(1);

        assertThat(IntStream.range(0, 1_000)
                        .mapToLong(i -> backoff.after(2, random).toMillis()))
                .allMatch(millis -> millis >= 1_000 && millis < 2_000)
                .anyMatch(millis -> millis < 1_100)
                .anyMatch(millis -> millis > 1_900);
    }

    @Test
    void staysAtTheLongestPauseWithoutOverflow() {
        Backoff days = new Backoff(Duration.ofDays(3), Duration.ofDays(90_000));

        for (int failures : new int[] {20, 21, 22, 64, 65, 1_000, Integer.MAX_VALUE}) {
            assertThat(days.after(failures, ALWAYS_MOST)).isBetween(Duration.ofDays(89_999), Duration.ofDays(90_000));
        }
    }

    @Test
    void refusesShrinkingPausesAndZeroFailures() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("PT2S")
                .withMessageContaining("PT1S");
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff.after(0, ALWAYS_MOST));
    }
}
