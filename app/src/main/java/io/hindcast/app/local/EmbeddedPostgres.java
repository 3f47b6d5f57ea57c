package io.hindcast.app.local;

import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A supervised PostgreSQL server on a folder, listening on the loopback interface, with a random password that only its
 * owner can read. It ends with this process, even if this process is killed. If the server dies first, it is restarted
 * a limited number of times, with growing pauses and on the same port, so that connection pools reconnect.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "hindcast";
    private static final int RESTARTS = 8;
    /** Uptime after which earlier restarts no longer count. */
    private static final Duration STABLE = Duration.ofSeconds(60);

    private final PostgresDirectory directory;
    private final Path programs;
    private final List<String> commandPrefix;
    private final int port;
    private final String password;
    private final Consumer<String> onGivenUp;
    private final Object lock = new Object();
    private @Nullable PostgresProcess current;
    private boolean stopping;

    private EmbeddedPostgres(PostgresDirectory directory, Path programs, int port, Consumer<String> onGivenUp)
            throws IOException {
        this.directory = directory;
        this.programs = programs;
        this.commandPrefix = UserNamespace.commandPrefix();
        this.port = port;
        this.password = directory.password();
        this.onGivenUp = onGivenUp;
    }

    /**
     * Starts the server and blocks until it accepts connections.
     *
     * @param folder for the data, the password and the log; the caller holds the lock of the data folder
     * @param cache folder into which PostgreSQL's programs are unpacked
     * @param onGivenUp receives the reason if the server dies too often and is not restarted any more; called at most
     *     once, on the supervising thread
     */
    public static EmbeddedPostgres start(Path folder, Path cache, Consumer<String> onGivenUp) {
        Path programs = PostgresBinaries.unpacked(cache);
        try {
            Files.createDirectories(folder);
            PostgresDirectory directory = new PostgresDirectory(folder);
            EmbeddedPostgres postgres = new EmbeddedPostgres(directory, programs, freePort(), onGivenUp);
            OrphanedPostgres.stop(directory.data());
            directory.initialize(programs, postgres.commandPrefix, USER);
            PostgresProcess first = postgres.launch();
            Thread.ofPlatform().daemon().name("postgres-supervisor").start(() -> postgres.supervise(first));
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

    private PostgresProcess launch() throws IOException {
        PostgresProcess started = PostgresProcess.start(directory, programs, commandPrefix, port);
        synchronized (lock) {
            current = started;
            if (stopping) {
                started.beginShutdown();
            }
        }
        started.awaitReady(port);
        return started;
    }

    private void supervise(PostgresProcess first) {
        PostgresProcess running = first;
        int failures = 0;
        while (true) {
            long since = System.nanoTime();
            int code = running.awaitExit();
            if (System.nanoTime() - since > STABLE.toNanos()) {
                failures = 0;
            }
            PostgresProcess next = null;
            while (next == null) {
                if (isStopping()) {
                    return;
                }
                if (++failures > RESTARTS) {
                    onGivenUp.accept("PostgreSQL stopped and could not be restarted: " + directory.lastLoggedError()
                            + ". Its log is " + directory.log() + ".");
                    return;
                }
                log.warn(
                        "PostgreSQL exited (code {}): {}. Restart {} of {}.",
                        code,
                        directory.lastLoggedError(),
                        failures,
                        RESTARTS);
                PostgresProcess.pause(Duration.ofMillis(Math.min(8_000, 100L << failures)));
                next = restart();
            }
            running = next;
        }
    }

    private @Nullable PostgresProcess restart() {
        try {
            OrphanedPostgres.stop(directory.data());
            PostgresProcess started = launch();
            log.info("PostgreSQL is running again.");
            return started;
        } catch (StartFailure | IOException e) {
            log.warn("PostgreSQL did not start", e);
        } catch (RuntimeException | Error e) {
            // Supervision must not end while this process runs.
            log.error("PostgreSQL could not be started", e);
        }
        return null;
    }

    private boolean isStopping() {
        synchronized (lock) {
            return stopping;
        }
    }

    /** Ends the supervision and leaves the server running, as the death of this process would. For tests. */
    void abandon() {
        synchronized (lock) {
            stopping = true;
            current = null;
        }
    }

    /** Shuts the server down and waits for its exit. */
    @Override
    public void close() {
        PostgresProcess running;
        synchronized (lock) {
            stopping = true;
            running = current;
        }
        if (running == null) {
            return;
        }
        running.beginShutdown();
        if (!running.exitsWithin(Duration.ofSeconds(8))) {
            // The next start recovers from the crash.
            OrphanedPostgres.stop(directory.data());
            running.kill();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
