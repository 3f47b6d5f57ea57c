package io.hindcast.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server, several starts: each takes a second. */
class LocalPostgresTest {

    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "hindcast");

    @TempDir
    Path folder;

    @Test
    void keepsItsDataOverStopsAndDeaths() throws Exception {
        AtomicReference<String> lost = new AtomicReference<>();
        try (LocalPostgres first = LocalPostgres.start(folder, CACHE, lost::set)) {
            execute(first, "create table t (n int)");
            execute(first, "insert into t values (1)");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .as("permissions of the password")
                    .isEqualTo("rw-------");
        }
        assertThat(folder.resolve("data/postmaster.pid"))
                .as("pid file after a stop")
                .doesNotExist();

        try (LocalPostgres second = LocalPostgres.start(folder, CACHE, lost::set)) {
            assertThat(count(second)).isEqualTo(1);
            execute(second, "insert into t values (2)");
            kill(serverPid());
            // same address, by itself
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> count(second) == 2);
            assertThat(lost.get()).isNull();

            // what a process that was killed leaves: a server that runs, with nobody to own it
            long survivor = serverPid();
            try (LocalPostgres third = takeOver(second)) {
                assertThat(count(third)).isEqualTo(2);
                assertThat(serverPid()).isNotEqualTo(survivor);
                assertThat(ProcessHandle.of(survivor)
                                .map(ProcessHandle::isAlive)
                                .orElse(false))
                        .isFalse();
            }
        }
    }

    @Test
    void clearsThePidFileOfAServerWhoseNumberNowBelongsToAnother() throws Exception {
        try (LocalPostgres first = LocalPostgres.start(folder, CACHE, why -> {})) {
            execute(first, "create table t (n int)");
        }
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n1\n5432\n\nlocalhost\n0 0\nready\n");
        try (LocalPostgres second = LocalPostgres.start(folder, CACHE, why -> {})) {
            assertThat(count(second)).isZero();
        }
    }

    private LocalPostgres takeOver(LocalPostgres abandoned) {
        abandoned.abandon();
        return LocalPostgres.start(folder, CACHE, why -> {});
    }

    private long serverPid() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static void execute(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(LocalPostgres server) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection connect(LocalPostgres server) throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), server.password());
    }
}
