package io.hindcast.command.training;

import static io.hindcast.command.Training.DATASET;
import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.Training.PROVENANCE;
import static io.hindcast.command.Training.TREES;
import static io.hindcast.command.Training.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.CompleteTrainingRun;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.LaunchTrainingRun;
import io.hindcast.api.training.PurgeDataset;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.RecordDataset;
import io.hindcast.api.training.RepeatTrainingRun;
import io.hindcast.api.training.Repetition;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunRepeated;
import io.hindcast.api.training.TrainingSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Repetitions of succeeded runs, and the purge of the datasets that they need. */
class RepetitionTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant FROM = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2022-01-31T00:00:00Z");
    private static final TrainingSpec SPEC = new TrainingSpec(LabelSpec.DEFAULT, FROM, TO, 42);
    private static final TreeMap<String, String> PARAMETERS = new TreeMap<>(Map.of("num_leaves", "31"));
    private static final TrainingRunId FIRST = run(1);
    private static final TrainingRunId SECOND = run(2);
    private static final Attribution DECISION = new Attribution("anna", "is it the same?", TO);
    private static final RepeatTrainingRun REPEAT = new RepeatTrainingRun(FIRST, DECISION);
    private static final PurgeDataset PURGE =
            new PurgeDataset(BTC, DATASET.manifest().sha256(), TO);

    private static TrainingRunId run(int cycle) {
        return new TrainingRunId(BTC, cycle, ModelFamily.LIGHTGBM, 1);
    }

    private static TrainingProgramState after(TrainingProgramState state, List<TrainingEvent> events) {
        for (TrainingEvent event : events) {
            state = state.evolve(event);
        }
        return state;
    }

    private static TrainingProgramState launched(TrainingProgramState state, TrainingRunId run) {
        state = after(state, state.decide(new QueueTrainingRun(BTC, run, TO)));
        return after(state, state.decide(new LaunchTrainingRun(BTC, run, "local", "m", "aa", PARAMETERS, TO)));
    }

    private static CompleteTrainingRun complete(TrainingRunId run, int artifact) {
        return new CompleteTrainingRun(BTC, run, artifact(artifact), TREES, PROVENANCE, EVALUATION, TO);
    }

    private static TrainingProgramState running() {
        TrainingProgramState state = TrainingProgramState.EMPTY;
        state = after(
                state, state.decide(new RequestTrainingCycle(BTC, "first", List.of(ModelFamily.LIGHTGBM), SPEC, TO)));
        state = after(state, state.decide(new RecordDataset(BTC, 1, DATASET, TO)));
        return launched(state, FIRST);
    }

    private static TrainingProgramState ended() {
        TrainingProgramState state = running();
        state = after(state, state.decide(complete(FIRST, 1)));
        return after(state, state.decide(new EndTrainingCycle(BTC, 1, TO)));
    }

    private static TrainingProgramState repeating() {
        return launched(after(ended(), ended().decide(REPEAT)), SECOND);
    }

    @Test
    void repetitionHasDatasetSeedAndParametersOfTheRun() {
        assertThat(ended().decide(REPEAT))
                .containsExactly(
                        new TrainingCycleRequested(
                                BTC,
                                2,
                                "is it the same?",
                                List.of(ModelFamily.LIGHTGBM),
                                SPEC,
                                TO,
                                Optional.of(new Repetition(FIRST, PARAMETERS, artifact(1), DECISION))),
                        new DatasetRecorded(BTC, 2, DATASET, TO));
        TrainingProgramState state = after(ended(), ended().decide(REPEAT));
        assertThat(state.decide(new QueueTrainingRun(BTC, SECOND, TO)))
                .containsExactly(new TrainingRunQueued(SECOND, SPEC, DATASET, TO));
    }

    @Test
    void recordsWhetherTheBundleIsTheSame() {
        assertThat(repeating().decide(complete(SECOND, 1)))
                .last()
                .isEqualTo(new TrainingRunRepeated(SECOND, FIRST, artifact(1), artifact(1), TO))
                .matches(event -> ((TrainingRunRepeated) event).reproduced());
        assertThat(repeating().decide(complete(SECOND, 2)))
                .last()
                .isEqualTo(new TrainingRunRepeated(SECOND, FIRST, artifact(1), artifact(2), TO))
                .matches(event -> !((TrainingRunRepeated) event).reproduced());
        TrainingProgramState done = after(repeating(), repeating().decide(complete(SECOND, 1)));
        assertThat(done.decide(complete(SECOND, 1))).isEmpty();
    }

    @Test
    void refusesToRepeatWhatIsRunningUnfinishedOrARepetition() {
        assertThatThrownBy(() -> running().decide(REPEAT)).hasMessageContaining("CYCLE_RUNNING");
        assertThatThrownBy(() -> ended().decide(new RepeatTrainingRun(SECOND, DECISION)))
                .hasMessageContaining("NOT_REPEATABLE");
        TrainingProgramState state = after(repeating(), repeating().decide(complete(SECOND, 1)));
        TrainingProgramState again = after(state, state.decide(new EndTrainingCycle(BTC, 2, TO)));
        assertThatThrownBy(() -> again.decide(new RepeatTrainingRun(SECOND, DECISION)))
                .hasMessageContaining("NOT_REPEATABLE");
        assertThat(again.decide(REPEAT)).hasSize(2);
    }

    @Test
    void purgesADatasetOnceAndNotWhileACycleReadsIt() {
        assertThatThrownBy(() -> running().decide(PURGE)).hasMessageContaining("DATASET_IN_USE");
        assertThatThrownBy(() -> repeating().decide(PURGE)).hasMessageContaining("DATASET_IN_USE");
        assertThat(ended().decide(PURGE)).containsExactly(new DatasetPurged(BTC, DATASET.manifest(), TO));

        TrainingProgramState purged = after(ended(), ended().decide(PURGE));
        assertThat(purged.decide(PURGE)).isEmpty();
        assertThatThrownBy(() -> purged.decide(REPEAT)).hasMessageContaining("NOT_REPEATABLE");
    }

    @Test
    void datasetSlicedAgainAfterItsPurgeIsKeptAgain() {
        TrainingProgramState state = after(ended(), ended().decide(PURGE));
        state = after(
                state, state.decide(new RequestTrainingCycle(BTC, "again", List.of(ModelFamily.LIGHTGBM), SPEC, TO)));
        TrainingProgramState sliced = after(state, state.decide(new RecordDataset(BTC, 2, DATASET, TO)));

        assertThatThrownBy(() -> sliced.decide(PURGE)).hasMessageContaining("DATASET_IN_USE");
    }
}
