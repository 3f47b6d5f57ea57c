package io.hindcast.training.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.TrainingRunId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command line and environment of a local worker. */
class LocalCommandTest {

    private static final TrainingRunId RUN = new TrainingRunId(new Symbol("BTCUSDT"), 3, ModelFamily.TST, 1);

    @TempDir
    Path folder;

    private ProcessBuilder command() {
        LocalSettings settings = new LocalSettings(folder, folder, 1, 512, 2_048, 10, Optional.of(77L));
        WorkerProgram program = new WorkerProgram(Path.of("java"), List.of(), List.of("-cp", "x", "Main"));
        return new LocalCommand(settings, program)
                .of(
                        MachineNames.of(RUN),
                        folder,
                        new MachineRequest(RUN, URI.create("http://localhost:1"), "secret", Duration.ofHours(1)));
    }

    @Test
    void theTokenIsInTheEnvironmentAndNotInTheCommandLine() {
        assertThat(command().environment()).containsEntry("HINDCAST_WORKER_TOKEN", "secret");
        assertThat(command().command()).noneMatch(word -> word.contains("secret"));
    }

    @Test
    void nothingOfThePlatformsEnvironmentReachesAWorkerButAFewNames() {
        assertThat(System.getenv().keySet()).as("more than what is shared").hasSizeGreaterThan(3);
        assertThat(command().environment().keySet())
                .isSubsetOf(
                        "PATH",
                        "HOME",
                        "LANG",
                        "LC_ALL",
                        "TZ",
                        "LD_LIBRARY_PATH",
                        "XDG_CACHE_HOME",
                        "DJL_CACHE_DIR",
                        "PYTORCH_LIBRARY_PATH",
                        "CUDA_VISIBLE_DEVICES",
                        "HF_ENDPOINT",
                        "HF_HUB_OFFLINE",
                        "HF_TOKEN",
                        "HINDCAST_WORKER_TOKEN",
                        "HINDCAST_MODEL_CACHE",
                        "OMP_WAIT_POLICY",
                        "TORCH_CPP_LOG_LEVEL",
                        "MALLOC_ARENA_MAX",
                        "ORT_DISABLE_TELEMETRY");
    }

    @Test
    void aWorkerHasItsOwnLimitsPriorityAndName() {
        assertThat(command().command())
                .contains("nice", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError")
                .containsSequence("--machine", "hindcast-btcusdt-3-tst-1")
                .containsSequence("--parent", "77");
    }

    @Test
    void namesOfMachinesAreHostNames() {
        TrainingRunId chinese = new TrainingRunId(new Symbol("币安USDT"), 12, ModelFamily.LIGHTGBM, 2);
        assertThat(MachineNames.of(chinese))
                .matches("hindcast-[a-z0-9-]+-12-lightgbm-2")
                .hasSizeLessThan(64);
    }
}
