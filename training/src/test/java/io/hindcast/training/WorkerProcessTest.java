package io.hindcast.training;

import static io.hindcast.training.TrainingPlatform.BTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.Comparison;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.training.CancelTrainingCycle;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.RepeatTrainingRun;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunRepeated;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.training.dataset.TestStore;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs done by real worker processes over real HTTP, and what becomes of them when something dies. */
@NullUnmarked
class WorkerProcessTest {

    private static final int DAYS = 3;

    /** So many rounds that a run lasts until the test ends it. */
    private static final String ENDLESS = "1000000";

    private static TestStore store;

    @TempDir
    Path folder;

    private TrainingPlatform platform;

    @BeforeAll
    static void open() {
        store = new TestStore();
    }

    @AfterAll
    static void closeStore() {
        store.close();
    }

    @BeforeEach
    void create() {
        platform = new TrainingPlatform(store.artifacts(), folder, DAYS);
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void aWorkerTrainsUploadsAndEnds() {
        platform.start();
        TrainingRunId run = platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        TrainingRunSucceeded success = platform.await(TrainingRunSucceeded.class, 1);

        ModelBundle bundle = ModelBundle.read(store.artifacts().get(success.artifact()));
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            bundle.checkGolden(scorer);
        }
        TrainingRunQueued queued = platform.events(TrainingRunQueued.class).getFirst();
        assertThat(success.provenance()).isEqualTo(bundle.provenance());
        assertThat(success.provenance().datasetDigest())
                .isEqualTo(queued.dataset().manifest().sha256());
        TrainingRunLaunched launched =
                platform.events(TrainingRunLaunched.class).getFirst();
        assertThat(launched.provider()).isEqualTo("local");
        assertThat(launched.machine()).isEqualTo("hindcast-btcusdt-1-lightgbm-1");
        assertThat(bundle.provenance().parameters()).containsAllEntriesOf(launched.parameters());
        assertThat(platform.events(TrainingRunClaimed.class)).hasSize(1);
        List<TrainingProgressRecorded> progress =
                platform.events(TrainingProgramId.progressOf(run), TrainingProgressRecorded.class);
        assertThat(progress.stream().flatMap(one -> one.progress().steps().stream()))
                .isNotEmpty()
                .startsWith(1);
        assertThat(progress.getFirst().progress().metrics()).containsKey("validation-loss");
        awaitNothingLeft();
    }

    /** The settings change between a run and its repetition, which has the parameters of the run all the same. */
    @ParameterizedTest
    @EnumSource(names = {"LIGHTGBM", "TST"})
    void aRepeatedRunGivesTheSameArtifact(ModelFamily family) {
        platform.start();
        TrainingRunId run = platform.queue(1, family, DAYS);
        TrainingRunSucceeded first = platform.await(TrainingRunSucceeded.class, 1);
        // The dataset of a cycle without any version is purged at its end.
        promote(family);
        platform.endCycle(1);
        platform.stop();

        platform.set("hindcast.training.lightgbm.rounds", "13")
                .set("hindcast.training.tst.steps", "6")
                .start();
        Attribution decision = new Attribution("a person", "is it the same?", first.finishedAt());
        assertThat(platform.send(new RepeatTrainingRun(run, decision))).isEqualTo(2);
        TrainingRunId repetition = new TrainingRunId(BTC, 2, family, 1);
        platform.send(new QueueTrainingRun(BTC, repetition, first.finishedAt()));

        TrainingRunRepeated repeated = platform.await(TrainingRunRepeated.class, 1);
        assertThat(repeated.run()).isEqualTo(repetition);
        assertThat(repeated.of()).isEqualTo(run);
        assertThat(repeated.found()).isEqualTo(first.artifact());
        assertThat(repeated.reproduced()).isTrue();
        List<TrainingRunLaunched> launches = platform.events(TrainingRunLaunched.class);
        assertThat(launches.getLast().parameters())
                .isEqualTo(launches.getFirst().parameters());
    }

    @Test
    void theSameDataGiveTheSameArtifactAgain() {
        platform.start();
        int cycle = 0;
        for (ModelFamily family : List.of(ModelFamily.LIGHTGBM, ModelFamily.TST)) {
            for (int again = 0; again < 2; again++) {
                cycle++;
                platform.queue(cycle, family, DAYS);
                platform.await(TrainingRunSucceeded.class, cycle);
                if (again == 0) {
                    promote(family);
                }
                platform.endCycle(cycle);
            }
            List<TrainingRunSucceeded> both = platform.events(TrainingRunSucceeded.class);
            assertThat(both.get(cycle - 1).provenance().datasetDigest())
                    .isEqualTo(both.get(cycle - 2).provenance().datasetDigest());
            assertThat(both.get(cycle - 1).artifact())
                    .isEqualTo(both.get(cycle - 2).artifact());
            assertThat(both.get(cycle - 2).evaluation().comparison()).isEmpty();
            Comparison withItself =
                    both.get(cycle - 1).evaluation().comparison().orElseThrow();
            assertThat(withItself.champion()).isEqualTo(new ModelId(family, TrainingPlatform.BTC).version(1));
            assertThat(withItself.rows())
                    .isEqualTo(both.get(cycle - 1).evaluation().rows());
            assertThat(withItself.meanDifference()).isCloseTo(0, within(1e-6));
        }
    }

    /** Makes the last success its model's version 1, in CURRENT. */
    private void promote(ModelFamily family) {
        TrainingRunSucceeded success =
                platform.events(TrainingRunSucceeded.class).getLast();
        ModelId model = new ModelId(family, TrainingPlatform.BTC);
        platform.append(
                model.toString(),
                new VersionRegistered(
                        model.version(1),
                        success.run().toString(),
                        success.artifact(),
                        success.scorer(),
                        success.provenance(),
                        success.evaluation(),
                        Instant.EPOCH,
                        Duration.ofDays(7)));
        platform.append(
                model.toString(),
                new SlotsShifted(model.version(1), new Slots(Map.of(Slot.CURRENT, 1)), Instant.EPOCH));
    }

    @Test
    void aKilledWorkerFailsItsRunAndNothingElse() {
        platform.set("hindcast.training.lightgbm.rounds", ENDLESS)
                .set("hindcast.training.lightgbm.patience", ENDLESS)
                .start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        platform.await(TrainingRunClaimed.class, 1);
        platform.workers().getFirst().destroyForcibly();

        TrainingRunFailed failed = platform.await(TrainingRunFailed.class, 1);
        assertThat(failed.failure().reason()).contains("killed by signal 9");
        assertThat(failed.failure().retryable()).isTrue();
        awaitNothingLeft();
        assertThat(platform.outages().current())
                .singleElement()
                .satisfies(outage -> assertThat(outage.part()).isEqualTo("training of lightgbm:BTCUSDT"));
    }

    @Test
    void aWorkerWithoutEnoughHeapReportsWhatItNeeds() {
        platform.set("hindcast.training.worker.heap-megabytes", "24").start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        TrainingRunFailed failed = platform.await(TrainingRunFailed.class, 1);
        assertThat(failed.failure().reason()).containsPattern("MB of heap|ran out of memory");
        assertThat(failed.failure().remedy()).contains("hindcast.training.worker.heap-megabytes");
        assertThat(failed.failure().retryable()).isFalse();
        awaitNothingLeft();
    }

    @Test
    void aWorkerThatRunsOutOfHeapFailsWithTheReason() {
        // Too small for the start itself, so that no check comes before.
        platform.set("hindcast.training.worker.heap-megabytes", "6").start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        TrainingRunFailed failed = platform.await(TrainingRunFailed.class, 1);
        assertThat(failed.failure().reason()).contains("ran out of memory");
        assertThat(failed.failure().remedy()).contains("hindcast.training.worker.heap-megabytes");
        awaitNothingLeft();
    }

    @Test
    void aWorkerBeyondItsMemoryLimitIsKilled() {
        platform.set("hindcast.training.worker.memory-megabytes", "40").start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        TrainingRunFailed failed = platform.await(TrainingRunFailed.class, 1);
        assertThat(failed.failure().reason()).containsPattern("more than its limit of 40 MB|of the machine's memory");
        awaitNothingLeft();
    }

    @Test
    void cancelledMeansGone() {
        platform.set("hindcast.training.lightgbm.rounds", ENDLESS)
                .set("hindcast.training.lightgbm.patience", ENDLESS)
                .start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        platform.await(TrainingRunClaimed.class, 1);
        TrainingRunId run = platform.events(TrainingRunQueued.class).getFirst().run();
        await().untilAsserted(() -> assertThat(platform.report(run))
                .hasValueSatisfying(report -> assertThat(report.heartbeat().log())
                        .anyMatch(line -> line.contains(" of " + ENDLESS + " rounds, validation loss"))));
        Path session = Path.of("/proc/" + platform.workers().getFirst().pid() + "/autogroup");
        if (Files.exists(session)) {
            assertThat(session).content().endsWith(" nice 10\n");
        }
        platform.send(new CancelTrainingCycle(BTC, 1, "a person", "no longer needed", Instant.EPOCH));
        awaitNothingLeft();
        assertThat(platform.events(TrainingRunFailed.class)).hasSize(1);
    }

    @Test
    void aRestartedPlatformAdoptsALivingWorker() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            platform.set("server.port", Integer.toString(free.getLocalPort()));
        }
        platform.set("hindcast.training.lightgbm.rounds", ENDLESS)
                .set("hindcast.training.lightgbm.patience", ENDLESS)
                .set("hindcast.training.time-budget", "25s")
                .start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        platform.await(TrainingRunClaimed.class, 1);
        long worker = platform.workers().getFirst().pid();
        platform.abandon();

        platform.start();
        TrainingRunSucceeded success = platform.await(TrainingRunSucceeded.class, 1);
        assertThat(success.provenance().parameters()).containsEntry("result.stop", "TIME_BUDGET");
        assertThat(platform.events(TrainingRunLaunched.class)).hasSize(1);
        assertThat(platform.events(TrainingRunClaimed.class)).hasSize(1);
        await().until(() -> ProcessHandle.of(worker).isEmpty());
        awaitNothingLeft();
    }

    @Test
    void aRestartedPlatformLaunchesARunAgainWhoseWorkerDied() {
        platform.set("hindcast.training.lightgbm.rounds", ENDLESS)
                .set("hindcast.training.lightgbm.patience", ENDLESS)
                .set("hindcast.training.time-budget", "10s")
                .start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        platform.await(TrainingRunClaimed.class, 1);
        platform.stop();
        assertThat(platform.workers()).isEmpty();

        platform.start();
        platform.await(TrainingRunSucceeded.class, 1);
        assertThat(platform.events(TrainingRunLaunched.class)).hasSize(2);
        assertThat(platform.events(TrainingRunReleased.class)).hasSize(1);
        awaitNothingLeft();
    }

    /** No process, no working folder: everything of a run that is over is gone. */
    private void awaitNothingLeft() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(platform.workers()).isEmpty();
            try (Stream<Path> left = Files.list(folder.resolve("workers"))) {
                assertThat(left).isEmpty();
            }
        });
    }
}
