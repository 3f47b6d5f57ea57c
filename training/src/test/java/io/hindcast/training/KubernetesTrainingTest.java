package io.hindcast.training;

import static io.hindcast.training.TrainingPlatform.BTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.CancelTrainingCycle;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.training.compute.kubernetes.TestCluster;
import io.hindcast.training.dataset.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trainings by the real worker image on a real node, against the real run API of this process. */
@NullUnmarked
class KubernetesTrainingTest {

    private static final int DAYS = 3;
    private static final String ENDLESS = "1000000";

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static TestStore store;

    private TrainingPlatform platform;

    @BeforeAll
    static void open() {
        cluster = TestCluster.open(folder);
        store = new TestStore();
    }

    @AfterAll
    static void closeAll() {
        if (cluster != null) {
            cluster.close();
            store.close();
        }
    }

    @BeforeEach
    void create() {
        platform = new TrainingPlatform(store.artifacts(), folder, DAYS)
                .set("server.port", Integer.toString(cluster.platform().getPort()))
                .set("hindcast.training.worker.provider", "kubernetes")
                .set("hindcast.training.worker.platform-url", cluster.platform().toString())
                .set("hindcast.training.worker.heap-megabytes", "512")
                .set("hindcast.training.worker.memory-megabytes", "1536")
                .set(
                        "hindcast.training.worker.kubernetes.kubeconfig",
                        cluster.kubeconfig(TestCluster.ACCOUNT).toString())
                .set("hindcast.training.worker.kubernetes.image.name", cluster.image())
                .set("hindcast.training.worker.kubernetes.cpu", "500m");
    }

    @AfterEach
    void close() {
        platform.close();
    }

    private void endless(String budget) {
        platform.set("hindcast.training.lightgbm.rounds", ENDLESS)
                .set("hindcast.training.lightgbm.patience", ENDLESS)
                .set("hindcast.training.time-budget", budget)
                .start();
    }

    private void assertSound(TrainingRunSucceeded success) {
        ModelBundle bundle = ModelBundle.read(store.artifacts().get(success.artifact()));
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            bundle.checkGolden(scorer);
        }
    }

    private void awaitNothingLeft() {
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.jobs() == 0);
    }

    @Test
    void jobsTrainUploadAndAreGone() {
        platform.start();
        int cycle = 0;
        for (ModelFamily family : new ModelFamily[] {ModelFamily.LIGHTGBM, ModelFamily.TST}) {
            cycle++;
            platform.queue(cycle, family, DAYS);
            assertSound(platform.await(TrainingRunSucceeded.class, cycle));
            awaitNothingLeft();
            platform.endCycle(cycle);
        }
        TrainingRunLaunched launched =
                platform.events(TrainingRunLaunched.class).getFirst();
        assertThat(launched.provider()).isEqualTo("kubernetes");
        assertThat(launched.machine()).startsWith("hindcast-btcusdt-1-lightgbm-1-");
    }

    @Test
    void aRestartedPlatformFindsItsJobAndMakesNoSecond() {
        endless("40s");
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        platform.await(TrainingRunClaimed.class, 1);
        platform.stop();
        assertThat(cluster.jobs()).isEqualTo(1);

        platform.start();
        TrainingRunSucceeded success = platform.await(TrainingRunSucceeded.class, 1);
        assertThat(success.provenance().parameters()).containsEntry("result.stop", "TIME_BUDGET");
        assertSound(success);
        assertThat(platform.events(TrainingRunLaunched.class)).hasSize(1);
        assertThat(platform.events(TrainingRunClaimed.class)).hasSize(1);
        awaitNothingLeft();
    }

    @Test
    void aCancelledCycleLeavesNothing() {
        endless("10m");
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        platform.await(TrainingRunClaimed.class, 1);
        platform.send(new CancelTrainingCycle(BTC, 1, "a person", "no longer needed", Instant.EPOCH));
        awaitNothingLeft();
        assertThat(platform.events(TrainingRunFailed.class)).hasSize(1);
    }

    @Test
    void aWorkerThatRunsOutOfMemoryFailsItsRunWithTheRemedy() {
        platform.set("hindcast.training.worker.heap-megabytes", "16")
                .set("hindcast.training.worker.memory-megabytes", "24")
                .start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        TrainingRunFailed failed = platform.await(TrainingRunFailed.class, 1);
        assertThat(failed.failure().reason()).contains("more than its limit of 24 MB");
        assertThat(failed.failure().remedy()).contains("hindcast.training.worker.memory-megabytes");
        awaitNothingLeft();
    }
}
