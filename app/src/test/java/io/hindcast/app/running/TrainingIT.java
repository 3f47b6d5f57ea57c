package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.app.cli.GeneratedArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Training from files with the packaged program. */
@Execution(ExecutionMode.CONCURRENT)
class TrainingIT {

    @TempDir
    Path temp;

    @Test
    void ctrlCEndsATrainingWithoutLeavingFiles() throws IOException, InterruptedException {
        Path archive = GeneratedArchive.write(temp, 3);
        Path out = temp.resolve("out");
        try (RealProcess training = RealProcess.start(
                "train", "--family", "tst", "--archive", archive.toString(), "--out", out.toString())) {
            training.awaitLine(Duration.ofMinutes(3), "Training tst");
            training.stop(Duration.ofMinutes(1));
            assertThat(training.output())
                    .contains("Stopping", "Stopped; nothing was written.")
                    .doesNotContain("hindcast: ");
        }
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void writesTheModelBeforeTheProgramEnds() throws IOException, InterruptedException {
        Path archive = GeneratedArchive.write(temp, 3);
        Path out = temp.resolve("out");
        try (RealProcess training = RealProcess.start(
                "train",
                "--family",
                "lightgbm",
                "--rounds",
                "5",
                "--archive",
                archive.toString(),
                "--out",
                out.toString())) {
            assertThat(training.exitCode(Duration.ofMinutes(3)))
                    .as(training.output())
                    .isZero();
        }
        assertThat(out).isDirectoryContaining("glob:**model.zip").isDirectoryContaining("glob:**report.html");
    }
}
