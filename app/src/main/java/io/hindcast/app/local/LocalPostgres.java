package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own on a folder, on the loopback interface only, with a random password that its owner
 * alone can read. It ends with this process, also when this process is killed: its keeper (a small shell) reads a pipe
 * from us and stops the server when the pipe closes. If the server dies while we live, it is started again, a bounded
 * number of times with growing pauses, on the same port, so connection pools find it again.
 */
public final class LocalPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);
    private static final String USER = "hindcast";
    private static final int RESTARTS = 8;
    private static final Duration STABLE = Duration.ofSeconds(60);

    /** Waits for the server to end, or for its own input to end; then it has the server shut down fast. */
    private static final String KEEPER = """
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

    private final Path folder;
    private final Path data;
    private final Path programs;
    private final List<String> asUser;
    private final int port;
    private final String password;
    private final Consumer<String> onLost;
    private final Object guard = new Object();
    private @Nullable Process keeper;
    private boolean stopping;

    private LocalPostgres(Path folder, Path programs, int port, String password, Consumer<String> onLost) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.programs = programs;
        this.asUser = UserSwitch.prefix();
        this.port = port;
        this.password = password;
        this.onLost = onLost;
    }

    /**
     * Starts the server and waits until it accepts connections.
     *
     * @param folder for its data, its password and its log; the caller holds the data folder's lock
     * @param cache where its programs are unpacked
     * @param onLost told why, if the server keeps dying and is given up
     */
    public static LocalPostgres start(Path folder, Path cache, Consumer<String> onLost) {
        Path programs = PostgresBinaries.unpacked(cache);
        try {
            Files.createDirectories(folder);
            LocalPostgres postgres = new LocalPostgres(folder, programs, freePort(), password(folder), onLost);
            Leftover.stop(postgres.data);
            postgres.initialise();
            Process running = postgres.launch();
            Thread.ofPlatform().daemon().name("postgres-keeper").start(() -> postgres.watch(running));
            return postgres;
        } catch (IOException e) {
            throw DataFolder.unusable(folder, "cannot be used", e);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** The server's log, for messages. */
    public Path logFile() {
        return folder.resolve("postgresql.log");
    }

    private void initialise() throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        // under another name until it is whole: a process killed in the middle leaves nothing half made
        Path fresh = folder.resolve("data.new");
        Folders.delete(fresh);
        List<String> command = new ArrayList<>(asUser);
        command.addAll(List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + folder.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        Process initdb = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
        initdb.getOutputStream().close();
        if (await(initdb, Duration.ofMinutes(2)) != 0) {
            throw new StartFailure("PostgreSQL could not make its data folder " + data + ": " + lastWords());
        }
        Files.move(fresh, data);
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        if (UserSwitch.onPath("setsid")) {
            // a Ctrl-C in the terminal is for us; the server is stopped after everything that uses it
            command.add("setsid");
        }
        command.addAll(asUser);
        command.addAll(List.of("/bin/sh", "-c", KEEPER, "hindcast-postgres"));
        command.addAll(List.of(programs.resolve("bin/postgres").toString(), "-D", data.toString()));
        for (String setting : settings()) {
            command.addAll(List.of("-c", setting));
        }
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
        synchronized (guard) {
            keeper = started;
            if (stopping) {
                started.getOutputStream().close();
            }
        }
        awaitReady(started);
        return started;
    }

    private List<String> settings() {
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

    private void awaitReady(Process started) {
        Path pidFile = data.resolve("postmaster.pid");
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw new StartFailure("PostgreSQL did not start on " + data + ": " + lastWords());
            }
            if (Leftover.ready(pidFile, port)) {
                return;
            }
            pause(Duration.ofMillis(15));
        }
        started.destroy();
        throw new StartFailure("PostgreSQL did not become ready on " + data + " within 5 minutes: " + lastWords());
    }

    private void watch(Process first) {
        Process running = first;
        int failures = 0;
        while (true) {
            long since = System.nanoTime();
            int code = await(running, Duration.ofDays(10_000));
            if (System.nanoTime() - since > STABLE.toNanos()) {
                failures = 0;
            }
            Process next = null;
            while (next == null) {
                if (isStopping()) {
                    return;
                }
                if (++failures > RESTARTS) {
                    onLost.accept("PostgreSQL stopped and could not be started again: " + lastWords() + ". Its log is "
                            + logFile() + ".");
                    return;
                }
                log.warn(
                        "PostgreSQL ended (code {}): {}. Starting it again, {} of {}.",
                        code,
                        lastWords(),
                        failures,
                        RESTARTS);
                pause(Duration.ofMillis(Math.min(8_000, 100L << failures)));
                try {
                    Leftover.stop(data);
                    next = launch();
                    log.info("PostgreSQL runs again.");
                } catch (StartFailure | IOException e) {
                    log.warn("PostgreSQL did not start", e);
                } catch (RuntimeException | Error e) {
                    // The server is watched as long as this process runs, whatever befalls the watch.
                    log.error("PostgreSQL could not be started", e);
                }
            }
            running = next;
        }
    }

    private boolean isStopping() {
        synchronized (guard) {
            return stopping;
        }
    }

    /** Stops looking after the server and leaves it running, as the death of this process could. For tests. */
    void abandon() {
        synchronized (guard) {
            stopping = true;
            keeper = null;
        }
    }

    /** Stops the server: it writes everything out and ends. */
    @Override
    public void close() {
        Process running;
        synchronized (guard) {
            stopping = true;
            running = keeper;
        }
        if (running == null) {
            return;
        }
        try {
            running.getOutputStream().close();
        } catch (IOException ignored) {
            // it ended by itself
        }
        if (await(running, Duration.ofSeconds(8)) < 0) {
            // crash recovery at the next start makes up for it
            Leftover.stop(data);
            running.destroyForcibly();
        }
    }

    /** What the server said last that tells why, in one line. */
    private String lastWords() {
        return Leftover.lastWords(logFile());
    }

    /** The exit code, or -1 if it still runs after that time. */
    private static int await(Process process, Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Stopped while waiting for PostgreSQL.", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String password(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            DataFolder.writeOwnerOnly(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }
}
