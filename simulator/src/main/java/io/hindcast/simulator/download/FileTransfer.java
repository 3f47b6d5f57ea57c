package io.hindcast.simulator.download;

import io.hindcast.api.progress.ProgressReporter;
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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at downloading a file or its checksum. Not thread-safe. */
final class FileTransfer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileTransfer.class);

    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);
    private static final long MOST_CHECKSUM_BYTES = 4096;
    private static final int SHOWN_CHARS = 40;

    private final WallTimer waits;
    private final ProgressReporter progress;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    FileTransfer(WallTimer waits, ProgressReporter progress) {
        this.waits = waits;
        this.progress = progress;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Returns the SHA-256 published beside a file, in lower-case hexadecimal. */
    String checksum(URI source) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(URI.create(source + ".CHECKSUM"))
                        .timeout(STALL_LIMIT)
                        .build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_CHECKSUM_BYTES));
        requireFound(answer.statusCode(), source);
        String text = decode(answer.body()).strip();
        String sum = text.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        if (!sum.matches("[0-9a-f]{64}")) {
            String shown = text.replaceAll("[^\\x20-\\x7e]+", " ");
            throw new ChecksumMismatchException("its published checksum is not a SHA-256 but '"
                    + shown.substring(0, Math.min(SHOWN_CHARS, shown.length())) + "'");
        }
        return sum;
    }

    /** Decodes a text in the encoding that its byte order mark names, UTF-8 without one. */
    private static String decode(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (body.length >= 2 && (body[0] & 0xFF) >= 0xFE && (body[1] & 0xFF) >= 0xFE) {
            text = new String(body, StandardCharsets.UTF_16);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Appends the missing bytes to a partial file; starts from zero if the server does not support that. */
    void continueInto(URI source, Path part) throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(STALL_LIMIT);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 416) {
                return; // nothing is missing; the checksum decides
            }
            requireFound(answer.statusCode(), source);
            boolean continued = answer.statusCode() == 206;
            long begin = continued ? have : 0;
            long total = answer.headers().firstValueAsLong("Content-Length").orElse(-1) + begin;
            try (OutputStream out = continued
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

    /** Copies the body and closes the connection when no bytes arrive for too long. */
    private void copy(InputStream body, OutputStream out, long begin, ProgressReporter.Task task) throws IOException {
        long done = begin;
        byte[] buffer = new byte[1 << 16];
        while (true) {
            WallTimer.Cancellable watchdog = waits.after(STALL_LIMIT, () -> closeQuietly(body));
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

    private static void requireFound(int status, URI source) throws IOException {
        if (status == 404) {
            throw new DownloadException("there is no " + source
                    + ". Binance publishes a month when it is over: check the symbol and the months (--from, --to).");
        }
        if (status != 200 && status != 206) {
            throw new IOException("HTTP " + status);
        }
    }
}
