package io.hindcast.simulator.download;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.RetryPolicy;
import io.hindcast.runtime.WallTimer;
import io.hindcast.simulator.archive.FileDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads Binance's public monthly kline files into a folder and checks each against the SHA-256 that is published
 * beside it. A file that is there and correct is kept, an interrupted download is continued, and a file gets its final
 * name only when it is complete, so the same call may be repeated at any time. Not thread-safe.
 */
public final class ArchiveDownloader implements AutoCloseable {

    /** Address at which Binance publishes. */
    public static final URI BINANCE = URI.create("https://data.binance.vision");

    private static final Logger log = LoggerFactory.getLogger(ArchiveDownloader.class);

    private static final RetryPolicy RETRIES =
            RetryPolicy.of(5, new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20)));
    /** Complete files with a wrong checksum after which the server's file and checksum can't belong together. */
    private static final int MISMATCHES = 2;

    private final URI base;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final FileTransfer transfer;

    /**
     * Creates a downloader.
     *
     * @param base address of the publisher, such as {@link #BINANCE}
     */
    public ArchiveDownloader(URI base, WallTimer waits, RandomGenerator random, ProgressReporter progress) {
        this.base = base;
        this.waits = waits;
        this.random = random;
        this.transfer = new FileTransfer(waits, progress);
    }

    /**
     * Downloads the files of these months (both inclusive).
     *
     * @return the files in order; their names are ASCII, as in the address
     * @throws DownloadException if one could not be downloaded
     */
    public List<Path> download(Symbol symbol, Interval interval, YearMonth from, YearMonth to, Path folder)
            throws InterruptedException {
        if (to.isBefore(from)) {
            throw new DownloadException("--to " + to + " is before --from " + from + "; give the months in order");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DownloadException("the folder " + folder + " cannot be created: " + e.getMessage(), e);
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
        transfer.close();
    }

    private Path fetch(URI source, Path file) throws InterruptedException {
        int mismatches = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(source, file);
                return file;
            } catch (IOException e) {
                if (e instanceof ChecksumMismatchException && ++mismatches == MISMATCHES) {
                    throw new DownloadException(
                            "cannot download " + source + ": " + describe(e) + " (" + mismatches + " times)"
                                    + ". The server's file and its checksum do not belong together: try again later, or"
                                    + " another source with --base-url.",
                            e);
                }
                Optional<Duration> wait = RETRIES.waitAfter(attempt, random);
                if (wait.isEmpty()) {
                    throw new DownloadException(
                            "cannot download " + source + ": " + describe(e)
                                    + ". The same command continues where this one stopped.",
                            e);
                }
                log.warn(
                        "{}: {}; retrying in {} ms",
                        file.getFileName(),
                        describe(e),
                        wait.get().toMillis());
                waits.pause(wait.get());
            }
        }
    }

    private void attempt(URI source, Path file) throws IOException, InterruptedException {
        String expected = transfer.checksum(source);
        if (Files.exists(file) && FileDigest.sha256(List.of(file)).equals(expected)) {
            log.info("{} is there already", file.getFileName());
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        transfer.continueInto(source, part);
        String actual = FileDigest.sha256(List.of(part));
        if (!actual.equals(expected)) {
            Files.delete(part);
            throw new ChecksumMismatchException(
                    "its SHA-256 is " + actual + ", published is " + expected + "; the file was deleted");
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String describe(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
