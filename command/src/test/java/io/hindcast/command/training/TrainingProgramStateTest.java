package io.hindcast.command.training;

import static io.hindcast.command.Training.DATASET;
import static io.hindcast.command.Training.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.CancelTrainingCycle;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FailDataset;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.LaunchTrainingRun;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.RecordDataset;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingSpec;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrainingProgramStateTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant FROM = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2022-01-31T00:00:00Z");
    private static final TrainingRunId RUN = run(1);
    private static final TrainingFailure FAILURE = new TrainingFailure("out of memory", "Give it more", true);
    private static final RequestTrainingCycle REQUEST = new RequestTrainingCycle(
            BTC, "first", List.of(ModelFamily.LIGHTGBM), new TrainingSpec(LabelSpec.DEFAULT, FROM, TO, 42), TO);

    private static final RecordDataset RECORD = new RecordDataset(BTC, 1, DATASET, TO);
    private static final CancelTrainingCycle CANCEL = new CancelTrainingCycle(BTC, 1, "anna", "wrong label", TO);
    private static final EndTrainingCycle END = new EndTrainingCycle(BTC, 1, TO);

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

    private static TrainingProgramState sliced() {
        return after(requested(), requested().decide(RECORD));
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
        TrainingProgramState state = queued(sliced(), RUN);
        assertThatThrownBy(() -> queued(state, run(2))).hasMessageContaining("RUN_RUNNING");
        assertThat(queued(failed(state, RUN), run(2)).runs()).containsOnlyKeys(RUN, run(2));
        assertThatThrownBy(() -> queued(failed(state, RUN), run(3))).hasMessageContaining("BAD_ATTEMPT");
    }

    @Test
    void runIsClaimedByOneWorkerAtATime() {
        TrainingProgramState state = claimed(queued(sliced(), RUN), "a");
        assertThat(state.isClaimedBy(RUN, "a")).isTrue();
        assertThat(state.decide(new ClaimTrainingRun(BTC, RUN, "a", TO))).isEmpty();
        assertThat(state.decide(new ClaimTrainingRun(BTC, RUN, "b", TO)))
                .containsExactly(new TrainingRunClaimed(RUN, 2, "b", TO));
        assertThat(claimed(state, "b").isClaimedBy(RUN, "a")).isFalse();
    }

    @Test
    void runFailsWhenItsWorkersCrashTooOften() {
        TrainingProgramState state = claimed(claimed(claimed(queued(sliced(), RUN), "a"), "b"), "c");
        assertThat(state.decide(new ClaimTrainingRun(BTC, RUN, "d", TO)))
                .containsExactly(new TrainingRunFailed(RUN, TrainingRun.CRASHED_TOO_OFTEN, TO));
    }

    @Test
    void cycleEndsWhenNoRunIsRunning() {
        EndTrainingCycle end = new EndTrainingCycle(BTC, 1, TO);
        TrainingProgramState state = queued(sliced(), RUN);
        assertThatThrownBy(() -> state.decide(end)).hasMessageContaining("RUN_RUNNING");
        assertThat(failed(state, RUN).decide(end)).containsExactly(new TrainingCycleEnded(BTC, 1, 0, 1, TO));
    }

    @Test
    void noRunBeginsBeforeTheDatasetIsRecorded() {
        assertThatThrownBy(() -> queued(requested(), RUN)).hasMessageContaining("NO_DATASET");
    }

    @Test
    void cycleHasOneDataset() {
        assertThat(requested().decide(RECORD)).containsExactly(new DatasetRecorded(BTC, 1, DATASET, TO));
        assertThat(sliced().decide(RECORD)).isEmpty();
        DatasetRef other = new DatasetRef(artifact(78), DATASET.position(), 1, 1, 0, DATASET.features());
        assertThatThrownBy(() -> sliced().decide(new RecordDataset(BTC, 1, other, TO)))
                .hasMessageContaining("OTHER_DATASET");
        assertThatThrownBy(() -> sliced().decide(new RecordDataset(BTC, 2, DATASET, TO)))
                .hasMessageContaining("NO_SUCH_CYCLE");
    }

    @Test
    void cycleWithoutDatasetTrainsNothing() {
        FailDataset fail = new FailDataset(BTC, 1, FAILURE, TO);
        TrainingProgramState state = after(requested(), requested().decide(fail));
        assertThat(state.decide(fail)).isEmpty();
        assertThat(state.decide(RECORD)).isEmpty();
        assertThatThrownBy(() -> queued(state, RUN)).hasMessageContaining("NO_SUCH_RUN");
        assertThat(state.decide(END)).containsExactly(new TrainingCycleEnded(BTC, 1, 0, 0, TO));
        assertThat(sliced().decide(fail)).as("after the dataset was recorded").isEmpty();
    }

    @Test
    void cancelledCycleFailsItsUnfinishedRunsAndBeginsNoOther() {
        TrainingProgramState running = queued(sliced(), RUN);
        assertThat(running.decide(CANCEL))
                .first()
                .isEqualTo(new TrainingCycleCancelled(BTC, 1, "anna", "wrong label", TO));
        assertThat(running.decide(CANCEL).get(1))
                .isInstanceOfSatisfying(
                        TrainingRunFailed.class,
                        failed -> assertThat(failed.failure())
                                .hasFieldOrPropertyWithValue("retryable", false)
                                .extracting(TrainingFailure::reason)
                                .isEqualTo("its cycle was cancelled by anna: wrong label"));
        TrainingProgramState cancelled = after(running, running.decide(CANCEL));
        assertThat(cancelled.decide(CANCEL)).isEmpty();
        assertThatThrownBy(() -> queued(cancelled, run(2))).hasMessageContaining("NO_SUCH_RUN");
        assertThatThrownBy(() -> cancelled.decide(REQUEST)).hasMessageContaining("CYCLE_RUNNING");
        assertThat(cancelled.decide(END)).containsExactly(new TrainingCycleEnded(BTC, 1, 0, 1, TO));
    }

    @Test
    void launchesAreNumberedAndCarryTheTokenOfTheLatest() {
        TrainingProgramState state = queued(sliced(), RUN);
        LaunchTrainingRun launch = launch("aa");
        assertThat(state.decide(launch))
                .containsExactly(new TrainingRunLaunched(RUN, 1, "local", "m", "aa", new TreeMap<>(), TO));
        TrainingProgramState launched = after(state, state.decide(launch));
        assertThat(launched.decide(launch)).isEmpty();
        assertThat(launched.decide(launch("bb")))
                .containsExactly(new TrainingRunLaunched(RUN, 2, "local", "m", "bb", new TreeMap<>(), TO));
        assertThat(failed(launched, RUN).decide(launch("bb")))
                .as("of a run that has ended")
                .isEmpty();
    }

    private static LaunchTrainingRun launch(String tokenHash) {
        return new LaunchTrainingRun(BTC, RUN, "local", "m", tokenHash, new TreeMap<>(), TO);
    }
}
