package io.hindcast.ml.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Downloads files of one repository at one commit. An interrupted file is resumed, and appears under its name only once
 * it is complete and its digest verified. Not thread-safe.
 */
final class RepositoryDownload {

    private static final int ATTEMPTS = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int CHUNK = 1 << 16;
    private static final long PROGRESS_BYTES = 1 << 20;
    private static final long REPORT_EVERY_BYTES = 1 << 20;

    private final HubClient client;
    private final HubSettings settings;
    private final HubRepository repository;
    private final DownloadProgress progress;

    RepositoryDownload(HubClient client, HubSettings settings, HubRepository repository, DownloadProgress progress) {
        this.client = client;
        this.settings = settings;
        this.repository = repository;
        this.progress = progress;
    }

    /** A request that may fail because of the network, and succeed when retried. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /**
     * Runs a request until it succeeds, up to a limit of attempts.
     *
     * @throws HubException if it does not, naming host and remedy
     */
    <T> T attempt(String file, Attempt<T> attempt) {
        Duration pause = settings.pause();
        for (int i = 1; ; i++) {
            try {
                return attempt.run();
            } catch (HubClient.StatusException e) {
                if (!e.transientFailure() || i == ATTEMPTS) {
                    throw failed(file, e);
                }
                rest(e.retryAfter().orElse(pause));
            } catch (ConnectException | HttpConnectTimeoutException e) {
                throw unreachable(file, e);
            } catch (IOException e) {
                if (i == ATTEMPTS) {
                    throw new HubException(
                            what(file) + " broke off " + ATTEMPTS + " times, the last time because " + e.getMessage()
                                    + "; what has arrived is kept, and the next run goes on from there",
                            e);
                }
                rest(pause);
            }
            pause = pause.multipliedBy(2);
        }
    }

    private void rest(Duration pause) {
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        try {
            Thread.sleep(bounded);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException("the download was interrupted", e);
        }
    }

    private String what(String file) {
        return "the download of " + file + " of " + repository + " from "
                + settings.endpoint().getHost();
    }

    private HubException failed(String file, HubClient.StatusException e) {
        String remedy = switch (e.status()) {
            case 404 -> ": there is no such repository, revision or file";
            case 401, 403 ->
                ": the repository is not open to everyone; accept its terms and set " + HubSettings.TOKEN
                        + " to a token";
            case 429 -> ": it has been asked too often; try again later, or set " + HubSettings.TOKEN + " to a token";
            default -> "; try again later";
        };
        return new HubException(what(file) + " failed, " + e.getMessage() + remedy, e);
    }

    private HubException unreachable(String file, Exception e) {
        return new HubException(
                settings.endpoint().getHost() + " cannot be reached for " + file + " of " + repository + " (" + e
                        + "). Where there is no way to it, name a mirror by " + HubSettings.ENDPOINT
                        + ", copy " + settings.cache()
                        + " from a machine that has downloaded it, or use a folder with the"
                        + " checkpoint's files",
                e);
    }

    /**
     * Downloads one file.
     *
     * @param target path of the file, which does not exist before it is complete
     * @throws HubException if it cannot be downloaded or has another digest than the hub states
     */
    void file(String commit, String file, HubClient.Description description, Path target) throws IOException {
        Path part =
                target.resolveSibling(file + "." + description.digest().hex().substring(0, 16) + ".part");
        progress.at(file, size(part), description.size());
        attempt(file, () -> {
            while (true) {
                long before = size(part);
                try {
                    transfer(commit, file, description, part);
                    return part;
                } catch (IOException e) {
                    // on an unreliable connection, an attempt that made progress does not count
                    if (size(part) - before < PROGRESS_BYTES) {
                        throw e;
                    }
                }
            }
        });
        FileDigest actual = description.digest().of(part);
        if (!actual.equals(description.digest())) {
            Files.delete(part);
            throw new HubException(what(file) + " has " + actual + ", expected " + description.digest()
                    + ": it was damaged or changed on the way, and has been deleted");
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        progress.at(file, description.size(), description.size());
    }

    private static long size(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private void transfer(String commit, String file, HubClient.Description description, Path part) throws IOException {
        long here = size(part);
        if (here > description.size()) {
            Files.delete(part);
            here = 0;
        }
        if (here == description.size() && Files.exists(part)) {
            return;
        }
        HttpResponse<InputStream> response = client.get(repository, commit, file, here);
        boolean goesOn = response.statusCode() == 206
                && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + here + "-");
        try (InputStream in = response.body();
                StallTimeout guard = new StallTimeout(in, settings.silence());
                FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!goesOn) {
                out.truncate(0);
            }
            out.position(out.size());
            copy(in, out, guard, file, description.size());
            out.force(true);
        }
    }

    private void copy(InputStream in, FileChannel out, StallTimeout guard, String file, long size) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long reported = out.position();
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            guard.alive();
            if (out.position() + n > size) {
                throw new HubException(what(file) + " brings more than the " + size + " bytes that it has");
            }
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            if (out.position() - reported >= REPORT_EVERY_BYTES) {
                reported = out.position();
                progress.at(file, reported, size);
            }
        }
        if (out.position() < size) {
            throw new IOException("it ended after " + out.position() + " of " + size + " bytes");
        }
    }
}
