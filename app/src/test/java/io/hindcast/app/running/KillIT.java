package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The packaged program, killed by {@code kill -9} at five moments of import, training and live operation and restarted
 * each time. In the end every bar and every prediction is recorded exactly once. The moments are drawn from a seeded
 * random.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LIVE_SECONDS = 4;
    private static final List<String> VERSIONS = List.of("lightgbm:BTCUSDT:1", "tst:BTCUSDT:1");

    /** A kill at a random time, at most {@code withinMillis} after a line on the console. */
    private record Moment(String after, int withinMillis) {}

    private static final List<Moment> MOMENTS = List.of(
            new Moment("Hindcast demo", 4_000),
            new Moment("Importing", 1_200),
            new Moment("Training", 2_500),
            new Moment("Hindcast demo", 9_000),
            new Moment("is live", 3_000));

    @TempDir
    Path folder;

    @Test
    void killsNeitherLoseNorDuplicateAnything() throws Exception {
        Random random = new Random(20220101);
        for (Moment moment : MOMENTS) {
            try (RealProcess hindcast = start()) {
                // The awaited phase may be over already; then the process is killed during live operation.
                hindcast.awaitLine(PATIENCE, moment.after(), "is live");
                hindcast.letRun(Duration.ofMillis(random.nextInt(moment.withinMillis())));
                hindcast.kill();
            }
        }
        try (RealProcess hindcast = start()) {
            hindcast.awaitLine(PATIENCE, "is live");
            try (GraphQlClient api = new GraphQlClient(hindcast.port())) {
                api.awaitPredictions(VERSIONS);
            }
            hindcast.letRun(Duration.ofSeconds(LIVE_SECONDS));
            assertThat(hindcast.stop(Duration.ofSeconds(30))).as("time to stop").isLessThan(Duration.ofSeconds(10));
            assertThat(hindcast.output()).contains("continues from here");
        }

        try (StoredLog log = new StoredLog(folder)) {
            log.contents().assertEveryBarAndEveryPredictionOnce();
        }
    }

    private RealProcess start() {
        return RealProcess.start(
                "demo", "--data-dir", folder.toString(), "--port", "0", "--history-days", "20", "--speed", "10");
    }
}
