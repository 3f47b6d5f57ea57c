package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packaged program without a browser, configured to collect Yahoo's news: it names the missing programs once. */
@Execution(ExecutionMode.CONCURRENT)
class NoBrowserIT {

    @TempDir
    Path folder;

    @Test
    void namesTheMissingProgramsOnceAndGoesOn() throws Exception {
        try (RealProcess hindcast = RealProcess.start(
                Map.of("PATH", pathWithoutBrowser().toString(), "HINDCAST_CHROMIUM", "", "HINDCAST_NODE", ""),
                "demo",
                "--data-dir",
                folder.resolve("data").toString(),
                "--port",
                "0",
                "--history-days",
                "5",
                "--speed",
                "10",
                "--set",
                "hindcast.sagas.families=LIGHTGBM",
                "--set",
                "hindcast.training.lightgbm.rounds=5",
                "--set",
                "hindcast.news.collect=true",
                "--set",
                "hindcast.news.rss.none=http://127.0.0.1:1/feed")) {
            hindcast.awaitLine(Duration.ofMinutes(2), "is live");
            // Outages are announced every two seconds: a second announcement would come within this time.
            hindcast.letRun(Duration.ofSeconds(5));
            hindcast.stop(Duration.ofSeconds(30));
            List<String> lines = hindcast.output()
                    .lines()
                    .filter(line -> line.contains("Yahoo"))
                    .toList();
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst())
                    .startsWith("hindcast: ")
                    .contains("apt-get install chromium", "apt-get install nodejs", "RSS feeds go on");
        }
    }

    /** Creates a folder of the other programs that a start needs. */
    private Path pathWithoutBrowser() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String name : List.of("unshare", "true", "sh")) {
            for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
                Path program = Path.of(place, name);
                if (Files.isExecutable(program) && Files.notExists(programs.resolve(name))) {
                    Files.createSymbolicLink(programs.resolve(name), program);
                }
            }
        }
        return programs;
    }
}
