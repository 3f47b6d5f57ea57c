package io.hindcast.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {

    private static final Instant START = Instant.parse("2022-01-31T00:00:00Z");

    private final AtomicLong wall = new AtomicLong();
    private final SimulatedClock clock = new SimulatedClock(START, 10, wall::get);

    private void pass(Duration time) {
        wall.addAndGet(time.toNanos());
    }

    @Test
    void standsStillUntilItRuns() {
        pass(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void runsSixtyTimesItsSpeedFasterThanTheWallClock() {
        clock.run();
        pass(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(20)));
    }

    @Test
    void keepsItsTimeWhenHeldAndWhenItsSpeedChanges() {
        clock.run();
        pass(Duration.ofSeconds(1));
        clock.speed(1);
        pass(Duration.ofSeconds(60));
        clock.hold();
        pass(Duration.ofSeconds(60));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(70)));
    }

    @Test
    void neverPassesItsEnd() {
        clock.endAt(START.plus(Duration.ofMinutes(5)));
        clock.run();
        pass(Duration.ofSeconds(60));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(5)));
        assertThat(clock.ended()).isTrue();
    }

    @Test
    void returnsTheWallTimeUntilAMarketTime() {
        clock.run();
        pass(Duration.ofMillis(50));
        assertThat(clock.nanosUntil(START.plusSeconds(60)))
                .isEqualTo(Duration.ofMillis(50).toNanos());
        assertThat(clock.nanosUntil(START)).isZero();
    }

    @Test
    void refusesImpossibleSpeeds() {
        for (double speed : new double[] {0, -1, Double.NaN, 1e9}) {
            assertThatThrownBy(() -> clock.speed(speed))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("speed");
        }
    }
}
