package io.hindcast.simulator.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.runtime.FakeWallTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveDownloaderTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final YearMonth JANUARY = YearMonth.of(2024, 1);
    private static final String PATH = "/data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-";

    @TempDir
    Path folder;

    private final Map<String, byte[]> published = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final FakeWallTimer waits = new FakeWallTimer(Instant.EPOCH);
    private volatile int breakOffAfter = -1;
    private final AtomicInteger failures = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private ArchiveDownloader downloader;

    @BeforeEach
    void serve() throws Exception {
        for (int month = 1; month <= 3; month++) {
            byte[] file = new byte[200_000];
            new Random(month).nextBytes(file);
            publish(String.format("%s%02d.zip", PATH, month), file);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        downloader = new ArchiveDownloader(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                waits,
                new SplittableRandom(1),
                ProgressReporter.NONE);
    }

    @AfterEach
    void stop() {
        downloader.close();
        server.stop(0);
    }

    private void publish(String path, byte[] file) throws Exception {
        published.put(path, file);
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        published.put(
                path + ".CHECKSUM",
                (sum + "  " + path.substring(path.lastIndexOf('/') + 1) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(path + (range == null ? "" : " " + range));
            if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] file = published.get(path);
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (from >= file.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - from);
            int length = file.length - from;
            if (breakOffAfter >= 0 && path.endsWith(".zip")) {
                length = breakOffAfter;
                breakOffAfter = -1;
            }
            exchange.getResponseBody().write(file, from, length);
            exchange.getResponseBody().flush();
        }
    }

    private List<Path> download(YearMonth from, YearMonth to) throws InterruptedException {
        return downloader.download(BTC, Interval.ONE_MINUTE, from, to, folder);
    }

    private byte[] file(int month) {
        return java.util.Objects.requireNonNull(published.get(String.format("%s%02d.zip", PATH, month)));
    }

    @Test
    void downloadsEveryMonthCompletelyUnderItsOwnName() throws Exception {
        List<Path> files = download(JANUARY, YearMonth.of(2024, 3));
        assertThat(files)
                .extracting(path -> path.getFileName().toString())
                .containsExactly("BTCUSDT-1m-2024-01.zip", "BTCUSDT-1m-2024-02.zip", "BTCUSDT-1m-2024-03.zip");
        for (int month = 1; month <= 3; month++) {
            assertThat(files.get(month - 1)).hasBinaryContent(file(month));
        }
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(3);
        }
    }

    @Test
    void downloadsASymbolOutsideAsciiUnderAnAsciiName() throws Exception {
        Symbol chinese = new Symbol("币安人生USDT");
        publish("/data/spot/monthly/klines/币安人生USDT/1m/币安人生USDT-1m-2024-01.zip", new byte[] {1, 2, 3});
        Path file = downloader
                .download(chinese, Interval.ONE_MINUTE, JANUARY, JANUARY, folder)
                .getFirst();
        assertThat(file).hasFileName(chinese.encoded() + "-1m-2024-01.zip").hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void keepsACorrectFile() throws Exception {
        download(JANUARY, JANUARY);
        asked.clear();
        download(JANUARY, JANUARY);
        assertThat(asked).containsExactly(PATH + "01.zip.CHECKSUM");
    }

    @Test
    void downloadsAWrongFileAgain() throws Exception {
        Files.writeString(folder.resolve("BTCUSDT-1m-2024-01.zip"), "not this");
        assertThat(download(JANUARY, JANUARY).getFirst()).hasBinaryContent(file(1));
    }

    @Test
    void continuesAnInterruptedDownload() throws Exception {
        Files.write(folder.resolve("BTCUSDT-1m-2024-01.zip.part"), Arrays.copyOf(file(1), 150_000));
        assertThat(download(JANUARY, JANUARY).getFirst()).hasBinaryContent(file(1));
        assertThat(asked).contains(PATH + "01.zip bytes=150000-");
    }

    @Test
    void continuesAfterALostConnection() throws Exception {
        breakOffAfter = 120_000;
        assertThat(download(JANUARY, JANUARY).getFirst()).hasBinaryContent(file(1));
        assertThat(asked).contains(PATH + "01.zip bytes=120000-");
        assertThat(waits.pauses()).hasSize(1);
    }

    @Test
    void deletesAWrongPartialFileAndStartsAgain() throws Exception {
        Files.write(folder.resolve("BTCUSDT-1m-2024-01.zip.part"), new byte[150_000]);
        assertThat(download(JANUARY, JANUARY).getFirst()).hasBinaryContent(file(1));
    }

    @Test
    void retriesWhenTheServerFailsAndGivesUpInTheEnd() throws Exception {
        failures.set(2);
        assertThat(download(JANUARY, JANUARY).getFirst()).hasBinaryContent(file(1));
        failures.set(100);
        assertThatThrownBy(() -> download(YearMonth.of(2024, 2), YearMonth.of(2024, 2)))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("BTCUSDT-1m-2024-02.zip")
                .hasMessageContaining("HTTP 503")
                .hasMessageContaining("continues where this one stopped");
    }

    @Test
    void givesUpAfterTwoFilesWithAWrongChecksum() {
        published.put(PATH + "01.zip", "something else".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> download(JANUARY, JANUARY))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("BTCUSDT-1m-2024-01.zip")
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("do not belong together")
                .hasMessageContaining("--base-url")
                .message()
                .doesNotContain("continues");
        assertThat(asked).filteredOn(path -> path.endsWith(".zip")).hasSize(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void givesUpAfterTwoAnswersThatAreNotAChecksum() {
        published.put(PATH + "01.zip.CHECKSUM", "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> download(JANUARY, JANUARY))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("not a SHA-256 but '<html>Sign in</html>'")
                .message()
                .doesNotContain("continues");
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void readsAChecksumAfterAByteOrderMark(String encoding) throws Exception {
        String sum = new String(
                java.util.Objects.requireNonNull(published.get(PATH + "01.zip.CHECKSUM")), StandardCharsets.UTF_8);
        published.put(PATH + "01.zip.CHECKSUM", ("\uFEFF" + sum).getBytes(Charset.forName(encoding)));
        assertThat(download(JANUARY, JANUARY).getFirst()).hasBinaryContent(file(1));
        assertThat(waits.pauses()).isEmpty();
    }

    @Test
    void reportsAMonthThatIsNotPublished() {
        assertThatThrownBy(() -> download(YearMonth.of(2024, 9), YearMonth.of(2024, 9)))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("there is no ")
                .hasMessageContaining("BTCUSDT-1m-2024-09.zip");
        assertThatThrownBy(() -> download(YearMonth.of(2024, 3), JANUARY)).hasMessageContaining("--to 2024-01");
        assertThat(waits.pauses()).isEmpty();
    }
}
