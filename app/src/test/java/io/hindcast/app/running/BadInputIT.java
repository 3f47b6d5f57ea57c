package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Invalid input to the packaged program: one clear line, an exit code, and no damage to the data folder. */
@Execution(ExecutionMode.CONCURRENT)
class BadInputIT {

    private static final long FIRST = 1_640_995_200_000L;

    @TempDir
    Path temp;

    @Test
    void refusesAnArchiveWithWrongColumns() throws Exception {
        Path file = Files.writeString(temp.resolve("BTCUSDT-1m-a.csv"), "1640995200000,1,2\n");
        assertRefused(demo(file), "BTCUSDT-1m-a.csv", "column");
    }

    @Test
    void refusesAnArchiveOfAnotherInterval() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            long open = FIRST + 300_000L * i;
            rows.append(open)
                    .append(",100,110,90,105,5,")
                    .append(open + 299_999)
                    .append(",500,3,1,100\n");
        }
        Path file = Files.writeString(temp.resolve("BTCUSDT-1m-b.csv"), rows);
        assertRefused(demo(file), "BTCUSDT-1m-b.csv", "5 minutes (5m)", "one-minute candles (1m)");
    }

    @Test
    void refusesAnArchiveWithoutValidCandlesAndAcceptsItsCorrection() throws Exception {
        Path file = Files.writeString(temp.resolve("BTCUSDT-1m-c.csv"), bar(0, "-5"));
        assertRefused(demo(file), "BTCUSDT-1m-c.csv", "line 1", "volume");
        Files.writeString(file, bar(0, "5"));
        assertRefused(demo(file), "going live 30 days after");
    }

    @Test
    void refusesAFolderWithTwoMarkets() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("klines"));
        Files.writeString(folder.resolve("BTCUSDT-1m-a.csv"), bar(0, "5"));
        Files.writeString(folder.resolve("ETHUSDT-1m-a.csv"), bar(0, "5"));
        assertRefused(demo(folder), "BTCUSDT, ETHUSDT", "--symbol");
    }

    @Test
    void refusesATruncatedGzip() throws Exception {
        Path whole = temp.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            for (int i = 0; i < 5_000; i++) {
                out.write(bar(i, Integer.toString(1 + i * 7919 % 1000)).getBytes(StandardCharsets.US_ASCII));
            }
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = temp.resolve("BTCUSDT-1m-d.csv.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(demo(cut), "BTCUSDT-1m-d.csv.gz");
    }

    @Test
    void refusesABinaryFile() throws Exception {
        Path file = Files.write(temp.resolve("BTCUSDT-1m-e.csv"), new byte[] {0, 1, 2, 3, (byte) 0xff, 10, 13});
        assertRefused(demo(file), "BTCUSDT-1m-e.csv");
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused(
                    List.of(
                            "demo",
                            "--port",
                            port,
                            "--data-dir",
                            temp.resolve("data").toString()),
                    port,
                    "--port");
        }
    }

    @Test
    void refusesADataFolderInUseOrOfAnotherMarket() throws Exception {
        String data = temp.resolve("data").toString();
        try (RealProcess first = RealProcess.start("demo", "--seed", "7", "--port", "0", "--data-dir", data)) {
            first.awaitLine(Duration.ofMinutes(2), "Importing");
            assertRefused(
                    List.of("demo", "--port", "0", "--data-dir", data, "--seed", "7"),
                    "in use by process",
                    "--data-dir");
        }
        assertRefused(List.of("demo", "--port", "0", "--data-dir", data, "--seed", "8"), "seed 7, not 8", "--data-dir");
    }

    @Test
    void refusesAReadOnlyDataFolder() throws Exception {
        assertRefused(List.of("demo", "--port", "0", "--data-dir", "/proc/hindcast"), "/proc/hindcast", "--data-dir");
    }

    private List<String> demo(Path archive) {
        return List.of(
                "demo",
                "--archive",
                archive.toString(),
                "--port",
                "0",
                "--data-dir",
                temp.resolve("data").toString());
    }

    private static void assertRefused(List<String> arguments, String... parts) throws InterruptedException {
        try (RealProcess hindcast = RealProcess.start(arguments.toArray(String[]::new))) {
            assertThat(hindcast.exitCode(Duration.ofMinutes(1))).isEqualTo(1);
            List<String> errors = hindcast.output()
                    .lines()
                    .filter(line -> !line.startsWith("Hindcast demo: "))
                    .toList();
            assertThat(errors).as("all output").hasSize(1);
            assertThat(errors.getFirst()).startsWith("hindcast: ").contains(parts);
        }
    }

    private static String bar(int minute, String volume) {
        long open = FIRST + 60_000L * minute;
        return String.format(Locale.ROOT, "%d,100,110,90,105,%s,%d,500,3,1,100%n", open, volume, open + 59_999);
    }
}
