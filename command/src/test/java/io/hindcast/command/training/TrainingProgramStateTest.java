package io.hindcast.command.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgramStateTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant FROM = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2022-01-31T00:00:00Z");
    private static final TrainingRunId RUN = run(1);
    private static final TrainingFailure FAILURE = new TrainingFailure("out of memory", "Give it more", true);
    private static final RequestTrainingCycle REQUEST = new RequestTrainingCycle(
            BTC, "first", List.of(ModelFamily.LIGHTGBM), new TrainingSpec(LabelSpec.DEFAULT, FROM, TO, 42), TO);

    private static TrainingRunId run(int attempt) {
        return new TrainingRunId(BTC, 1, ModelFamily.LIGHTGBM, attempt);
    }

    private static TrainingProgramState after(TrainingProgramState state, List<TrainingEvent> events) {
        for (TrainingEvent event : events) {
            state = state.evolve(event);
        }
        return state;
    }

    private static TrainingProgramState requested() {
        return after(TrainingProgramState.EMPTY, TrainingProgramState.EMPTY.decide(REQUEST));
    }

    private static TrainingProgramState queued(TrainingProgramState state, TrainingRunId run) {
        return after(state, state.decide(new QueueTrainingRun(BTC, run, TO)));
    }

    private static TrainingProgramState claimed(TrainingProgramState state, String worker) {
        return after(state, state.decide(new ClaimTrainingRun(BTC, RUN, worker, TO)));
    }

    private static TrainingProgramState failed(TrainingProgramState state, TrainingRunId run) {
        return after(state, state.decide(new FailTrainingRun(BTC, run, FAILURE, TO)));
    }

    @Test
    void runsOneCycleAtATime() {
        assertThat(requested().number()).isEqualTo(1);
        assertThatThrownBy(() -> requested().decide(REQUEST)).hasMessageContaining("CYCLE_RUNNING");
    }

    @Test
    void attemptPolicyAllowsNextAttemptOnlyAfterFailure() {
        TrainingProgramState state = queued(requested(), RUN);
        assertThatThrownBy(() -> queued(state, run(2))).hasMessageContaining("RUN_RUNNING");
        assertThat(queued(failed(state, RUN), run(2)).runs()).containsOnlyKeys(RUN, run(2));
        assertThatThrownBy(() -> queued(failed(state, RUN), run(3))).hasMessageContaining("BAD_ATTEMPT");
    }

    @Test
    void runIsClaimedByOneWorkerAtATime() {
        TrainingProgramState state = claimed(queued(requested(), RUN), "a");
        assertThat(state.isClaimedBy(RUN, "a")).isTrue();
        assertThat(state.decide(new ClaimTrainingRun(BTC, RUN, "a", TO))).isEmpty();
        assertThat(state.decide(new ClaimTrainingRun(BTC, RUN, "b", TO)))
                .containsExactly(new TrainingRunClaimed(RUN, 2, "b", TO));
        assertThat(claimed(state, "b").isClaimedBy(RUN, "a")).isFalse();
    }

    @Test
    void runFailsWhenItsWorkersCrashTooOften() {
        TrainingProgramState state = claimed(claimed(claimed(queued(requested(), RUN), "a"), "b"), "c");
        assertThat(state.decide(new ClaimTrainingRun(BTC, RUN, "d", TO)))
                .containsExactly(new TrainingRunFailed(RUN, TrainingRun.CRASHED_TOO_OFTEN, TO));
    }

    @Test
    void cycleEndsWhenNoRunIsRunning() {
        EndTrainingCycle end = new EndTrainingCycle(BTC, 1, TO);
        TrainingProgramState state = queued(requested(), RUN);
        assertThatThrownBy(() -> state.decide(end)).hasMessageContaining("RUN_RUNNING");
        assertThat(failed(state, RUN).decide(end)).containsExactly(new TrainingCycleEnded(BTC, 1, 0, 1, TO));
    }
}
