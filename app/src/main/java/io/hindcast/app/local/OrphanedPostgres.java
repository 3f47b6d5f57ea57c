package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops orphaned PostgreSQL servers: servers that outlived the process that started them. */
final class OrphanedPostgres {

    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(10);
    private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(20);

    private OrphanedPostgres() {}

    /**
     * Stops the server that runs on a data directory, if there is one, and deletes its pid file. The caller holds the
     * lock of the data folder, so the server can only be an orphan.
     */
    static void stop(Path data) {
        Path pidFile = PostgresDirectory.pidFile(data);
        try {
            Optional<ProcessHandle> server = serverOf(data, pidFile);
            if (server.isPresent()) {
                stop(server.get(), data);
            }
            // A pid that now belongs to another process would keep the new server from starting.
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw DataFolder.unusable(data, "cannot be used", e);
        }
    }

    private static void stop(ProcessHandle server, Path data) throws IOException {
        signal(server, "INT");
        if (endsWithin(server, FAST_SHUTDOWN)) {
            return;
        }
        signal(server, "QUIT");
        if (!endsWithin(server, IMMEDIATE_SHUTDOWN)) {
            throw new StartFailure("An orphaned PostgreSQL (process " + server.pid() + ") still runs on " + data
                    + " and does not stop. End that process and start again.");
        }
    }

    private static Optional<ProcessHandle> serverOf(Path data, Path pidFile) throws IOException {
        long pid;
        try {
            pid = Long.parseLong(Files.readAllLines(pidFile, StandardCharsets.US_ASCII)
                    .getFirst()
                    .strip());
        } catch (NoSuchFileException | NumberFormatException | NoSuchElementException e) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> isServerOn(process, data));
    }

    private static boolean isServerOn(ProcessHandle process, Path data) {
        Path commandLine = Path.of("/proc/" + process.pid() + "/cmdline");
        try {
            String text =
                    Files.readString(commandLine, StandardCharsets.ISO_8859_1).replace('\0', ' ');
            return text.contains("postgres") && text.contains(" -D " + data + " ");
        } catch (IOException e) {
            return process.info().command().orElse("").endsWith("postgres");
        }
    }

    private static void signal(ProcessHandle process, String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static boolean endsWithin(ProcessHandle process, Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        }
    }
}
