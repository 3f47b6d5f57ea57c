package io.hindcast.news.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and processes left behind by a killed process. */
class BrowserWorkFolderTest {

    @TempDir
    Path temporary;

    /** Started in a process of its own: reads a site whose response never ends. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) throws Exception {
            try (YahooRig rig = new YahooRig(Path.of(arguments[0]))) {
                rig.server.drip(YahooSite.LISTING, "text/html");
                Thread.ofPlatform().daemon().start(() -> {
                    await().atMost(Duration.ofMinutes(1)).until(() -> rig.server.requests(YahooSite.LISTING) == 1);
                    System.out.println("reading");
                });
                rig.collect();
            }
        }
    }

    private Process startReader() throws IOException {
        Process reader = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Reader.class.getName(),
                        temporary.toString())
                .redirectErrorStream(true)
                .start();
        String said = "";
        var lines = reader.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("reading")) {
                return reader;
            }
            said += line + '\n';
        }
        throw new AssertionError("the reader ended:\n" + said);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("hindcast-")
                            || path.getFileName().toString().contains("playwright")
                            || path.getFileName().toString().contains("chrom"))
                    .toList();
        }
    }

    @Test
    void removesOrphanedFolderOfKilledProcess() throws Exception {
        Process reader = startReader();
        List<ProcessHandle> browser = reader.descendants().toList();
        assertThat(browser).as("Chromium's processes and its driver").hasSizeGreaterThan(2);
        assertThat(folders()).as("all files are in one folder").hasSize(1);
        reader.destroyForcibly().waitFor();
        await("the browser ends by itself").until(() -> browser.stream().noneMatch(ProcessHandle::isAlive));
        BrowserWorkFolder.removeOrphans(temporary);
        assertThat(folders()).isEmpty();
    }

    @Test
    void killsOrphanedBrowser() throws Exception {
        Process reader = startReader();
        List<ProcessHandle> browser = reader.descendants().toList();
        // A stopped process does not notice that it should end.
        for (ProcessHandle process : browser) {
            new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
        reader.destroyForcibly().waitFor();
        assertThat(browser).allMatch(ProcessHandle::isAlive);
        BrowserWorkFolder.removeOrphans(temporary);
        await().untilAsserted(() -> assertThat(
                        browser.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::info))
                .isEmpty());
        BrowserWorkFolder.removeOrphans(temporary);
        assertThat(folders()).isEmpty();
    }

    @Test
    void keepsFolderOfLiveProcess() throws Exception {
        Process reader = startReader();
        try {
            List<Path> before = folders();
            BrowserWorkFolder.removeOrphans(temporary);
            assertThat(before).hasSize(1).allMatch(Files::isDirectory);
            assertThat(reader.descendants()).hasSizeGreaterThan(2);
        } finally {
            reader.destroyForcibly().waitFor();
            BrowserWorkFolder.removeOrphans(temporary);
        }
    }

    @Test
    void removesFolderOnClose() throws Exception {
        BrowserWorkFolder folder = new BrowserWorkFolder();
        Files.writeString(
                Files.createDirectories(folder.path().resolve("profile/a")).resolve("b"), "c");
        folder.close();
        assertThat(folder.path()).doesNotExist();
    }
}
