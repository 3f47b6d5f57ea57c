package io.hindcast.command.training;

import static io.hindcast.command.RefusedWith.code;
import static io.hindcast.command.Training.DATASET;
import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.Training.PROVENANCE;
import static io.hindcast.command.Training.TREES;
import static io.hindcast.command.Training.artifact;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.CompleteTrainingRun;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.ReleaseTrainingRun;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.api.training.TrainingSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class TrainingProgramTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant FROM = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2022-01-31T00:00:00Z");
    private static final List<ModelFamily> FAMILIES = List.of(ModelFamily.LIGHTGBM, ModelFamily.TST);
    private static final TrainingFailure FAILURE = new TrainingFailure("out of memory", "Give it more", false);

    private static final TrainingRunId FIRST = run(1, ModelFamily.LIGHTGBM, 1);
    private static final TrainingRunId SECOND = run(1, ModelFamily.LIGHTGBM, 2);
    private static final TrainingRunId OTHER = run(1, ModelFamily.TST, 1);

    private final FixtureConfiguration<TrainingProgram> program = new AggregateTestFixture<>(TrainingProgram.class);

    private static TrainingRunId run(int cycle, ModelFamily family, int attempt) {
        return new TrainingRunId(BTC, cycle, family, attempt);
    }

    private static RequestTrainingCycle request() {
        return new RequestTrainingCycle(BTC, "first", FAMILIES, new TrainingSpec(LabelSpec.DEFAULT, FROM, TO, 42), TO);
    }

    private static TrainingCycleRequested requested(int cycle) {
        return new TrainingCycleRequested(
                BTC, cycle, "first", FAMILIES, new TrainingSpec(LabelSpec.DEFAULT, FROM, TO, 42), TO, Optional.empty());
    }

    private static QueueTrainingRun queue(TrainingRunId run) {
        return new QueueTrainingRun(BTC, run, TO);
    }

    private static TrainingRunQueued queued(TrainingRunId run) {
        return new TrainingRunQueued(run, new TrainingSpec(LabelSpec.DEFAULT, FROM, TO, 42), DATASET, TO);
    }

    private static DatasetRecorded sliced() {
        return new DatasetRecorded(BTC, 1, DATASET, TO);
    }

    private static CompleteTrainingRun complete(TrainingRunId run) {
        return new CompleteTrainingRun(BTC, run, artifact(1), TREES, PROVENANCE, EVALUATION, TO);
    }

    private static TrainingRunSucceeded succeeded(TrainingRunId run) {
        return new TrainingRunSucceeded(run, artifact(1), TREES, PROVENANCE, EVALUATION, TO);
    }

    private static FailTrainingRun fail(TrainingRunId run) {
        return new FailTrainingRun(BTC, run, FAILURE, TO);
    }

    private static TrainingRunFailed failed(TrainingRunId run) {
        return new TrainingRunFailed(run, FAILURE, TO);
    }

    @Test
    void numbersCyclesFromOne() {
        program.givenNoPriorActivity()
                .when(request())
                .expectEvents(requested(1))
                .expectResultMessagePayload(1);
        program.given(requested(1), new TrainingCycleEnded(BTC, 1, 0, 0, TO))
                .when(request())
                .expectEvents(requested(2))
                .expectResultMessagePayload(2);
    }

    @Test
    void runsOneCycleAtATime() {
        program.given(requested(1)).when(request()).expectException(code("CYCLE_RUNNING"));
    }

    @Test
    void refusesCycleOfNoFamilyOrRepeatedFamily() {
        for (List<ModelFamily> families : List.of(List.<ModelFamily>of(), List.of(ModelFamily.TST, ModelFamily.TST))) {
            program.givenNoPriorActivity()
                    .when(new RequestTrainingCycle(
                            BTC, "first", families, new TrainingSpec(LabelSpec.DEFAULT, FROM, TO, 42), TO))
                    .expectException(code("BAD_FAMILIES"));
        }
    }

    @Test
    void refusesDataThatEndsBeforeItBegins() {
        program.givenNoPriorActivity()
                .when(new RequestTrainingCycle(
                        BTC, "first", FAMILIES, new TrainingSpec(LabelSpec.DEFAULT, TO, FROM, 42), TO))
                .expectException(code("BAD_PERIOD"));
    }

    @Test
    void queuedRunCarriesEverythingAWorkerNeeds() {
        program.given(requested(1), sliced()).when(queue(FIRST)).expectEvents(queued(FIRST));
    }

    @Test
    void queuesRunOnce() {
        program.given(requested(1), sliced(), queued(FIRST)).when(queue(FIRST)).expectNoEvents();
        program.given(requested(1), sliced(), queued(FIRST), succeeded(FIRST), new TrainingCycleEnded(BTC, 1, 1, 0, TO))
                .when(queue(FIRST))
                .expectNoEvents();
    }

    @Test
    void queuesOnlyRunsOfTheRunningCycle() {
        program.givenNoPriorActivity().when(queue(FIRST)).expectException(code("NO_SUCH_RUN"));
        program.given(requested(1), sliced())
                .when(queue(run(2, ModelFamily.TST, 1)))
                .expectException(code("NO_SUCH_RUN"));
        program.given(requested(1), sliced(), new TrainingCycleEnded(BTC, 1, 0, 0, TO))
                .when(queue(FIRST))
                .expectException(code("NO_SUCH_RUN"));
        program.given(requested(1), sliced())
                .when(queue(run(1, ModelFamily.TRL, 1)))
                .expectException(code("NO_SUCH_RUN"));
        program.given(requested(1), sliced())
                .when(queue(new TrainingRunId(new Symbol("ETHUSDT"), 1, ModelFamily.TST, 1)))
                .expectException(code("NO_SUCH_RUN"));
    }

    @Test
    void numbersAttemptsUpwards() {
        program.given(requested(1), sliced()).when(queue(SECOND)).expectException(code("BAD_ATTEMPT"));
        program.given(requested(1), sliced(), queued(FIRST), failed(FIRST))
                .when(queue(SECOND))
                .expectEvents(queued(SECOND));
    }

    @Test
    void queuesNextAttemptOnlyAfterFailure() {
        program.given(requested(1), sliced(), queued(FIRST)).when(queue(SECOND)).expectException(code("RUN_RUNNING"));
        program.given(requested(1), sliced(), queued(FIRST), succeeded(FIRST))
                .when(queue(SECOND))
                .expectException(code("RUN_SUCCEEDED"));
    }

    @Test
    void runsFamiliesSideBySide() {
        program.given(requested(1), sliced(), queued(FIRST)).when(queue(OTHER)).expectEvents(queued(OTHER));
    }

    private static ClaimTrainingRun claim(TrainingRunId run, String worker) {
        return new ClaimTrainingRun(BTC, run, worker, TO);
    }

    private static TrainingRunClaimed claimed(TrainingRunId run, int claim, String worker) {
        return new TrainingRunClaimed(run, claim, worker, TO);
    }

    @Test
    void workerClaimsRunOnce() {
        program.given(requested(1), queued(FIRST))
                .when(claim(FIRST, "a"))
                .expectEvents(claimed(FIRST, 1, "a"))
                .expectResultMessagePayload(true);
        program.given(requested(1), queued(FIRST), claimed(FIRST, 1, "a"))
                .when(claim(FIRST, "a"))
                .expectNoEvents()
                .expectResultMessagePayload(true);
        program.given(requested(1), queued(FIRST), claimed(FIRST, 1, "a"))
                .when(claim(FIRST, "b"))
                .expectEvents(claimed(FIRST, 2, "b"))
                .expectResultMessagePayload(true);
    }

    @Test
    void endedRunCannotBeClaimed() {
        program.given(requested(1), queued(FIRST), failed(FIRST))
                .when(claim(FIRST, "a"))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        program.given(requested(1)).when(claim(FIRST, "a")).expectException(code("NO_SUCH_RUN"));
    }

    @Test
    void runFailsWhenItsWorkersCrashTooOften() {
        program.given(
                        requested(1),
                        queued(FIRST),
                        claimed(FIRST, 1, "a"),
                        claimed(FIRST, 2, "b"),
                        claimed(FIRST, 3, "c"))
                .when(claim(FIRST, "d"))
                .expectEvents(new TrainingRunFailed(
                        FIRST,
                        new TrainingFailure(
                                "the worker process ended in the middle of it 3 times",
                                "Look for what ended the process, often a lack of memory: give it more, or learn from fewer"
                                        + " days (hindcast.sagas.history-days)",
                                true),
                        TO))
                .expectResultMessagePayload(false);
    }

    @Test
    void releasedRunIsNotCountedAsCrash() {
        TrainingRunReleased released = new TrainingRunReleased(FIRST, 1, TO);
        ReleaseTrainingRun release = new ReleaseTrainingRun(BTC, FIRST, "a", TO);
        program.given(requested(1), queued(FIRST), claimed(FIRST, 1, "a"))
                .when(release)
                .expectEvents(released);
        program.given(requested(1), queued(FIRST), claimed(FIRST, 1, "a"), released)
                .when(release)
                .expectNoEvents();
        program.given(requested(1), queued(FIRST), claimed(FIRST, 1, "a"), claimed(FIRST, 2, "b"))
                .when(release)
                .expectNoEvents();
        program.given(
                        requested(1),
                        queued(FIRST),
                        claimed(FIRST, 1, "a"),
                        released,
                        claimed(FIRST, 2, "b"),
                        claimed(FIRST, 3, "c"),
                        new TrainingRunReleased(FIRST, 3, TO),
                        claimed(FIRST, 4, "d"))
                .when(claim(FIRST, "e"))
                .expectEvents(claimed(FIRST, 5, "e"));
    }

    @Test
    void succeedsOnce() {
        program.given(requested(1), queued(FIRST)).when(complete(FIRST)).expectEvents(succeeded(FIRST));
        program.given(requested(1), queued(FIRST), succeeded(FIRST))
                .when(complete(FIRST))
                .expectNoEvents();
    }

    @Test
    void failsOnce() {
        program.given(requested(1), queued(FIRST)).when(fail(FIRST)).expectEvents(failed(FIRST));
        program.given(requested(1), queued(FIRST), failed(FIRST))
                .when(fail(FIRST))
                .expectNoEvents();
    }

    @Test
    void runEndsOnlyOneWay() {
        program.given(requested(1), queued(FIRST), succeeded(FIRST))
                .when(fail(FIRST))
                .expectException(code("RUN_ENDED"));
        program.given(requested(1), queued(FIRST), failed(FIRST))
                .when(complete(FIRST))
                .expectException(code("RUN_ENDED"));
    }

    @Test
    void refusesToEndRunThatWasNotQueued() {
        program.given(requested(1)).when(complete(FIRST)).expectException(code("NO_SUCH_RUN"));
        program.given(requested(1)).when(fail(FIRST)).expectException(code("NO_SUCH_RUN"));
    }

    @Test
    void endsCycleOnceWithCountsOfItsRuns() {
        TrainingCycleEnded ended = new TrainingCycleEnded(BTC, 1, 1, 1, TO);
        program.given(requested(1), queued(FIRST), failed(FIRST), queued(SECOND), succeeded(SECOND))
                .when(new EndTrainingCycle(BTC, 1, TO))
                .expectEvents(ended);
        program.given(requested(1), ended)
                .when(new EndTrainingCycle(BTC, 1, TO))
                .expectNoEvents();
        program.given(requested(1), ended, requested(2))
                .when(new EndTrainingCycle(BTC, 1, TO))
                .expectNoEvents();
    }

    @Test
    void refusesToEndCycleWhileARunIsRunning() {
        program.given(requested(1), queued(FIRST), succeeded(FIRST), queued(OTHER))
                .when(new EndTrainingCycle(BTC, 1, TO))
                .expectException(code("RUN_RUNNING"));
    }

    @Test
    void refusesToEndCycleThatNeverBegan() {
        program.given(requested(1)).when(new EndTrainingCycle(BTC, 2, TO)).expectException(code("NO_SUCH_CYCLE"));
        program.givenNoPriorActivity().when(new EndTrainingCycle(BTC, 1, TO)).expectException(code("NO_SUCH_CYCLE"));
    }
}
