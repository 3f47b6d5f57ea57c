package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server under a guard, a small shell that ends with this process even if this process is killed: it reads
 * a pipe from here and shuts the server down when the pipe closes.
 */
final class PostgresProcess {

    /** Waits until the server exits, or shuts it down as soon as standard input ends. */
    private static final String GUARD = """
            exec 3<&0
            "$@" 3<&- </dev/null &
            server=$!
            ( read -r _ <&3; kill -INT "$server" 2>/dev/null ) &
            watcher=$!
            wait "$server"
            code=$?
            kill "$watcher" 2>/dev/null
            exit "$code"
            """;

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    private final PostgresDirectory directory;
    private final Process guard;

    private PostgresProcess(PostgresDirectory directory, Process guard) {
        this.directory = directory;
        this.guard = guard;
    }

    /**
     * Starts a server without waiting for it.
     *
     * @param programs folder of PostgreSQL's programs
     * @param commandPrefix words before each command, such as those of {@link UserNamespace}
     * @param port port on the loopback interface
     */
    static PostgresProcess start(PostgresDirectory directory, Path programs, List<String> commandPrefix, int port)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (UserNamespace.isOnPath("setsid")) {
            // Keeps a Ctrl-C in the terminal from the server, which has to stop after everything that uses it.
            command.add("setsid");
        }
        command.addAll(commandPrefix);
        command.addAll(List.of("/bin/sh", "-c", GUARD, "hindcast-postgres"));
        command.addAll(List.of(
                programs.resolve("bin/postgres").toString(),
                "-D",
                directory.data().toString()));
        for (String setting : settings(port)) {
            command.addAll(List.of("-c", setting));
        }
        Process guard = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
                .start();
        return new PostgresProcess(directory, guard);
    }

    private static List<String> settings(int port) {
        return List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=60",
                "shared_buffers=128MB",
                "work_mem=8MB",
                "maintenance_work_mem=64MB",
                "max_wal_size=1GB",
                "checkpoint_timeout=15min",
                "checkpoint_completion_target=0.9",
                "wal_compression=on",
                "autovacuum_max_workers=1",
                "max_parallel_workers_per_gather=0",
                "jit=off",
                "random_page_cost=1.1",
                "lc_messages=C",
                "timezone=UTC",
                "log_timezone=UTC",
                "log_min_messages=warning");
    }

    /** Blocks until the server accepts connections on its port; fails if it exits before. */
    void awaitReady(int port) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (!guard.isAlive()) {
                throw new StartFailure(
                        "PostgreSQL did not start on " + directory.data() + ": " + directory.lastLoggedError());
            }
            if (directory.isReady(port)) {
                return;
            }
            pause(Duration.ofMillis(15));
        }
        guard.destroy();
        throw new StartFailure("PostgreSQL did not become ready on " + directory.data() + " within "
                + READY_WITHIN.toMinutes() + " minutes: " + directory.lastLoggedError());
    }

    /** Blocks until the server exits, and returns its exit code, or -1 if the thread is interrupted. */
    int awaitExit() {
        try {
            return guard.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Begins to shut the server down by closing the guard's pipe. */
    void beginShutdown() {
        try {
            guard.getOutputStream().close();
        } catch (IOException ignored) {
            // The guard has already exited.
        }
    }

    /** Waits for the exit, and returns whether the server has exited. */
    boolean exitsWithin(Duration time) {
        try {
            return guard.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kills the guard. */
    void kill() {
        guard.destroyForcibly();
    }

    /** Pauses between two looks at the server. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Stopped while waiting for PostgreSQL.", e);
        }
    }
}
