package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * Files of an embedded PostgreSQL server: its data directory, its password and its log.
 *
 * @param root folder that contains them
 */
record PostgresDirectory(Path root) {

    /** Log lines that are searched for an error. */
    private static final int SEARCHED_LINES = 30;

    /** Returns the server's data directory. */
    Path data() {
        return root.resolve("data");
    }

    /** Returns the server's log file. */
    Path log() {
        return root.resolve("postgresql.log");
    }

    /** Returns the pid file of a server on a data directory. */
    static Path pidFile(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Returns the password of the server's superuser; creates a random one that only its owner can read. */
    String password() throws IOException {
        Path file = passwordFile();
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            DataFolder.writeOwnerOnly(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    private Path passwordFile() {
        return root.resolve("password");
    }

    /**
     * Creates the data directory unless it exists.
     *
     * @param programs folder of PostgreSQL's programs
     * @param commandPrefix words before each command, such as those of {@link UserNamespace}
     * @param user name of the superuser
     */
    void initialize(Path programs, List<String> commandPrefix, String user) throws IOException {
        if (Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        // Created under another name and renamed when complete: a process killed halfway leaves no partial directory.
        Path fresh = root.resolve("data.new");
        FileSystemUtils.deleteRecursively(fresh);
        List<String> command = new ArrayList<>(commandPrefix);
        command.addAll(List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + user,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        Process initdb = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        initdb.getOutputStream().close();
        if (!succeedsWithin(initdb, Duration.ofMinutes(2))) {
            throw new StartFailure(
                    "PostgreSQL could not create its data directory " + data() + ": " + lastLoggedError());
        }
        Files.move(fresh, data());
    }

    private static boolean succeedsWithin(Process process, Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns whether the server's pid file reports that it accepts connections on a port. */
    boolean isReady(int port) {
        try {
            List<String> lines = Files.readAllLines(pidFile(data()), StandardCharsets.US_ASCII);
            return lines.size() >= 8
                    && lines.get(3).strip().equals(Integer.toString(port))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the last error in the server's log, or the log's last line if there is none. */
    String lastLoggedError() {
        try {
            List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
            if (lines.isEmpty()) {
                return "its log is empty";
            }
            String line = lines.subList(Math.max(0, lines.size() - SEARCHED_LINES), lines.size()).reversed().stream()
                    .filter(text -> text.contains("PANIC:") || text.contains("FATAL:") || text.contains("error:"))
                    .findFirst()
                    .orElse(lines.getLast());
            return line.replaceFirst("^[-0-9]+ [0-9:.]+ [A-Z]+ \\[\\d+] ", "").strip();
        } catch (IOException e) {
            return "its log " + log() + " cannot be read";
        }
    }
}
