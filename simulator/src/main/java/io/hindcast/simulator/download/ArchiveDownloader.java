package io.hindcast.simulator.download;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches Binance's public monthly kline files into a folder, each checked against the SHA-256 that is published beside
 * it. A file that is there and right is left alone, one that was broken off goes on where it stopped, and a file has
 * its final name only when it is whole: so the same call may be repeated at any time.
 */
public final class ArchiveDownloader implements AutoCloseable {

    /** Where Binance publishes. */
    public static final URI BINANCE = URI.create("https://data.binance.vision");

    private static final Logger log = LoggerFactory.getLogger(ArchiveDownloader.class);

    private static final int ATTEMPTS = 5;
    /**
     * After so many whole files that are not what their checksum says, the server has another one: trying on would not
     * end.
     */
    private static final int MISMATCHES = 2;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20));
    private static final Duration NO_BYTES = Duration.ofSeconds(30);
    private static final long MOST_CHECKSUM_BYTES = 4096;

    private final URI base;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final ProgressReporter progress;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** @param base such as {@link #BINANCE} */
    public ArchiveDownloader(URI base, WallTimer waits, RandomGenerator random, ProgressReporter progress) {
        this.base = base;
        this.waits = waits;
        this.random = random;
        this.progress = progress;
    }

    /**
     * Makes the folder hold the files of these months (both inclusive), and names them in order; their names are ASCII,
     * as in the address.
     */
    public List<Path> download(Symbol symbol, Interval interval, YearMonth from, YearMonth to, Path folder)
            throws InterruptedException {
        if (to.isBefore(from)) {
            throw new DownloadException("--to " + to + " is before --from " + from + "; give the months in order");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DownloadException("the folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
        List<Path> files = new ArrayList<>();
        for (YearMonth month = from; !month.isAfter(to); month = month.plusMonths(1)) {
            String name = symbol.encoded() + "-" + interval + "-" + month + ".zip";
            URI source = URI.create(base.toString().replaceFirst("/+$", "") + "/data/spot/monthly/klines/"
                    + symbol.encoded() + "/" + interval + "/" + name);
            files.add(fetch(source, folder.resolve(name)));
        }
        return files;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Path fetch(URI source, Path file) throws InterruptedException {
        IOException last = new IOException("not tried");
        int mismatches = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                String expected = checksum(source);
                if (Files.exists(file) && sha256(file).equals(expected)) {
                    log.info("{} is there already", file.getFileName());
                    return file;
                }
                Path part = file.resolveSibling(file.getFileName() + ".part");
                transfer(source, part);
                String actual = sha256(part);
                if (!actual.equals(expected)) {
                    Files.delete(part);
                    throw new Mismatch(
                            "its SHA-256 is " + actual + ", published is " + expected + "; the file was thrown away");
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                return file;
            } catch (IOException e) {
                last = e;
                if (e instanceof Mismatch && ++mismatches == MISMATCHES) {
                    throw new DownloadException(
                            "cannot download " + source + ": " + describe(e) + " (" + mismatches + " times)"
                                    + ". The server's file and its checksum do not belong together: try again later, or"
                                    + " another source with --base-url.",
                            e);
                }
                if (attempt < ATTEMPTS) {
                    Duration wait = BACKOFF.after(attempt, random);
                    log.warn("{}: {}; trying again in {} ms", file.getFileName(), describe(e), wait.toMillis());
                    waits.pause(wait);
                }
            }
        }
        throw new DownloadException(
                "cannot download " + source + ": " + describe(last)
                        + ". The same command goes on where this one stopped.",
                last);
    }

    private String checksum(URI source) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(URI.create(source + ".CHECKSUM"))
                        .timeout(NO_BYTES)
                        .build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_CHECKSUM_BYTES));
        require(answer.statusCode(), source);
        String text = text(answer.body()).strip();
        String sum = text.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        if (!sum.matches("[0-9a-f]{64}")) {
            String shown = text.replaceAll("[^\\x20-\\x7e]+", " ");
            throw new Mismatch("its published checksum is no SHA-256 but '"
                    + shown.substring(0, Math.min(40, shown.length())) + "'");
        }
        return sum;
    }

    /** Reads a text in the encoding that its byte order mark names, UTF-8 without one. */
    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (body.length >= 2 && (body[0] & 0xFF) >= 0xFE && (body[1] & 0xFF) >= 0xFE) {
            text = new String(body, StandardCharsets.UTF_16);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Appends what is missing to the part; begins anew if the server does not go on in the middle. */
    private void transfer(URI source, Path part) throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(NO_BYTES);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 416) {
                return; // nothing is missing; the checksum will tell
            }
            require(answer.statusCode(), source);
            boolean goesOn = answer.statusCode() == 206;
            long begin = goesOn ? have : 0;
            long total = answer.headers().firstValueAsLong("Content-Length").orElse(-1) + begin;
            try (OutputStream out = goesOn
                            ? Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                            : Files.newOutputStream(part);
                    ProgressReporter.Task task = progress.begin(
                            "Downloading " + part.getFileName().toString().replace(".part", ""),
                            Math.max(1, total),
                            "bytes")) {
                copy(body, out, begin, task);
            }
            if (total > begin && Files.size(part) < total) {
                throw new IOException("broken off after " + Files.size(part) + " of " + total + " bytes");
            }
        }
    }

    /** Copies, and cuts the line when nothing comes for too long. */
    private void copy(InputStream body, OutputStream out, long begin, ProgressReporter.Task task) throws IOException {
        long done = begin;
        byte[] buffer = new byte[1 << 16];
        while (true) {
            WallTimer.Cancellable watchdog = waits.after(NO_BYTES, () -> closeQuietly(body));
            int read;
            try {
                read = body.read(buffer);
            } finally {
                watchdog.cancel();
            }
            if (read < 0) {
                return;
            }
            out.write(buffer, 0, read);
            done += read;
            task.at(done, "");
        }
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            log.debug("closing a stalled download failed", e);
        }
    }

    private void require(int status, URI source) throws IOException {
        if (status == 404) {
            throw new DownloadException("there is no " + source
                    + ". Binance publishes a month when it is over: check the symbol and the months (--from, --to).");
        }
        if (status != 200 && status != 206) {
            throw new IOException("HTTP " + status);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** What the server has is not what it says it has. */
    private static final class Mismatch extends IOException {

        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }

    private static String describe(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
