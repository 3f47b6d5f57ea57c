package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.ml.train.StopReason;
import org.junit.jupiter.api.Test;

class CollapseGuardTest {

    private static final GrpoSettings SETTINGS = GrpoSettings.DEFAULT.withLimits(1, 0.1);

    @Test
    void decidesByTheMeanOfTheLastSteps() {
        CollapseGuard guard = new CollapseGuard(SETTINGS);
        for (int i = 1; i < CollapseGuard.STEPS; i++) {
            assertThat(guard.step(5, 0)).as("too few steps").isEmpty();
        }
        assertThat(guard.step(5, 0)).contains(StopReason.KL_COLLAPSE);
        assertThat(guard.means()).contains("5.0000 nats (limit 1.0000)").contains("entropy 0.0000 (floor 0.1000)");
        for (int i = 0; i < 39; i++) {
            assertThat(guard.step(0, 1)).isPresent();
        }
        assertThat(guard.step(0, 1)).as("40 of the last 50 are good").isEmpty();
    }

    @Test
    void stopsAPolicyWithoutEntropyOrWithNaN() {
        CollapseGuard guard = new CollapseGuard(SETTINGS);
        for (int i = 1; i < CollapseGuard.STEPS; i++) {
            assertThat(guard.step(0, 0.09)).isEmpty();
        }
        assertThat(guard.step(0, 0.09)).contains(StopReason.ENTROPY_COLLAPSE);
        assertThat(guard.step(Double.NaN, 1)).contains(StopReason.KL_COLLAPSE);
    }
}
