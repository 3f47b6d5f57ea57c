package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a PostgreSQL server leaves in its data folder: a pid file, perhaps a live process that nobody owns any more. */
final class Leftover {

    private Leftover() {}

    /**
     * Stops a server that still runs on this data folder and clears its pid file. The caller holds the data folder's
     * lock, so such a server can only be one that outlived its process.
     */
    static void stop(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        try {
            Optional<ProcessHandle> server = serverOf(data, pidFile);
            if (server.isPresent()) {
                signal(server.get(), "INT");
                if (!ended(server.get(), Duration.ofSeconds(10))) {
                    signal(server.get(), "QUIT");
                    if (!ended(server.get(), Duration.ofSeconds(20))) {
                        throw new StartFailure(
                                "An old PostgreSQL (process " + server.get().pid() + ") still runs on " + data
                                        + " and does not stop. End that process and start again.");
                    }
                }
            }
            // a pid that now belongs to something else would keep the new server from starting
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw DataFolder.unusable(data, "cannot be used", e);
        }
    }

    /** True once the server that the pid file names accepts connections on that port. */
    static boolean ready(Path pidFile, int port) {
        try {
            List<String> lines = Files.readAllLines(pidFile, StandardCharsets.US_ASCII);
            return lines.size() >= 8
                    && lines.get(3).strip().equals(Integer.toString(port))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false;
        }
    }

    /** The last line of a server log that names a failure, or its last line. */
    static String lastWords(Path logFile) {
        try {
            List<String> lines = Files.readAllLines(logFile, StandardCharsets.UTF_8);
            List<String> telling = lines.subList(Math.max(0, lines.size() - 30), lines.size()).stream()
                    .filter(line -> line.contains("PANIC:") || line.contains("FATAL:") || line.contains("error:"))
                    .toList();
            String line =
                    telling.isEmpty() ? (lines.isEmpty() ? "it said nothing" : lines.getLast()) : telling.getLast();
            return line.replaceFirst("^[-0-9]+ [0-9:.]+ [A-Z]+ \\[\\d+] ", "").strip();
        } catch (IOException e) {
            return "its log " + logFile + " cannot be read";
        }
    }

    private static Optional<ProcessHandle> serverOf(Path data, Path pidFile) throws IOException {
        long pid;
        try {
            pid = Long.parseLong(Files.readAllLines(pidFile, StandardCharsets.US_ASCII)
                    .getFirst()
                    .strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(p -> isServerOn(p, data));
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

    private static boolean ended(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            return !process.isAlive();
        }
    }
}
