package io.hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.rental.MachineRented;
import io.hindcast.api.rental.RentalBudgetId;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.training.compute.vast.FakeVast;
import io.hindcast.training.dataset.TestStore;
import io.hindcast.worker.WorkerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on rented machines: real worker processes, started by a fake Vast.ai from what was sent to it and no more. */
@NullUnmarked
class RentedWorkerTest {

    private static final int DAYS = 3;
    private static TestStore store;

    @TempDir
    Path folder;

    private final Map<Long, Process> machines = new ConcurrentHashMap<>();
    private FakeVast vast;
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
    void create() throws IOException {
        vast = new FakeVast(InstantSource.system());
        vast.offer(1, 101, 0.1);
        vast.onCreate(this::boot);
        vast.onDestroy(instance -> machines.get(instance.id).destroyForcibly());
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        platform = new TrainingPlatform(store.artifacts(), folder, DAYS)
                .set("server.port", Integer.toString(port))
                .set("hindcast.training.worker.platform-url", "http://127.0.0.1:" + port)
                .set("hindcast.training.worker.provider", "vast")
                .set("hindcast.training.worker.vast.url", vast.url().toString())
                .set("hindcast.training.worker.vast.api-key", "key")
                .set("hindcast.training.worker.vast.image", "hindcast-worker:1")
                .set("hindcast.training.worker.vast.cycle-limit-usd", "2")
                .set("hindcast.training.worker.vast.month-limit-usd", "20")
                .set("hindcast.training.worker.vast.times.look", "1s")
                .set("hindcast.training.worker.vast.times.confirm", "1s");
    }

    @AfterEach
    void close() {
        platform.close();
        machines.values().forEach(Process::destroyForcibly);
        vast.close();
    }

    /** Does with a new instance what its host does: runs the container with its arguments and variables. */
    private void boot(FakeVast.Instance instance) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName()));
        instance.body.get("args").forEach(word -> words.add(word.asText()));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("machine.log").toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LD_LIBRARY_PATH"));
        instance.body
                .get("env")
                .properties()
                .forEach(variable -> builder.environment()
                        .put(variable.getKey(), variable.getValue().asText()));
        try {
            Process process = builder.start();
            machines.put(instance.id, process);
            instance.status = "running";
            var _ = process.onExit().thenRun(() -> instance.status = "exited");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRentedMachineTrainsARunAndIsGone() {
        platform.start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        TrainingRunSucceeded success = platform.await(TrainingRunSucceeded.class, 1);
        assertThat(store.artifacts().exists(success.artifact())).isTrue();
        assertThat(platform.events(TrainingRunLaunched.class).getFirst().provider())
                .isEqualTo("vast");
        awaitNothingLeft();
        RentalEnded ended =
                platform.events(RentalBudgetId.ID, RentalEnded.class).getFirst();
        assertThat(ended.cost().amount().signum()).isPositive();
        // The worker's exit may be seen before the end of its run.
        assertThat(ended.reason()).containsAnyOf("its run is over", "container is exited");
        assertThat(platform.outages().current()).isEmpty();
    }

    @Test
    void aMachineThatDiesFailsItsRunAndIsGone() {
        platform.set("hindcast.training.lightgbm.rounds", "1000000")
                .set("hindcast.training.lightgbm.patience", "1000000")
                .start();
        platform.queue(1, ModelFamily.LIGHTGBM, DAYS);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        !platform.events(RentalBudgetId.ID, MachineRented.class).isEmpty());
        machines.values().forEach(Process::destroyForcibly);
        TrainingRunFailed failed = platform.await(TrainingRunFailed.class, 1);
        assertThat(failed.failure().reason()).contains("container is exited");
        assertThat(failed.failure().retryable()).isTrue();
        awaitNothingLeft();
    }

    private void awaitNothingLeft() {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        !platform.events(RentalBudgetId.ID, RentalEnded.class).isEmpty());
        assertThat(vast.instances()).isEmpty();
        assertThat(machines.values()).noneMatch(Process::isAlive);
    }
}
