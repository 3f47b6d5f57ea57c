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

class EmbeddedPostgresTest {

    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "hindcast");

    @TempDir
    Path folder;

    @Test
    void keepsItsDataAcrossShutdownsAndCrashes() throws Exception {
        AtomicReference<String> givenUp = new AtomicReference<>();
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder, CACHE, givenUp::set)) {
            execute(first, "create table t (n int)");
            execute(first, "insert into t values (1)");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .as("permissions of the password")
                    .isEqualTo("rw-------");
        }
        assertThat(folder.resolve("data/postmaster.pid"))
                .as("pid file after a stop")
                .doesNotExist();

        try (EmbeddedPostgres second = EmbeddedPostgres.start(folder, CACHE, givenUp::set)) {
            assertThat(count(second)).isEqualTo(1);
            execute(second, "insert into t values (2)");
            kill(serverPid());
            // It restarts by itself on the same port.
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> count(second) == 2);
            assertThat(givenUp.get()).isNull();

            long orphan = serverPid();
            try (EmbeddedPostgres third = takeOver(second)) {
                assertThat(count(third)).isEqualTo(2);
                assertThat(serverPid()).isNotEqualTo(orphan);
                assertThat(ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false))
                        .isFalse();
            }
        }
    }

    @Test
    void deletesAPidFileWhosePidBelongsToAnotherProcess() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder, CACHE, why -> {})) {
            execute(first, "create table t (n int)");
        }
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n1\n5432\n\nlocalhost\n0 0\nready\n");
        try (EmbeddedPostgres second = EmbeddedPostgres.start(folder, CACHE, why -> {})) {
            assertThat(count(second)).isZero();
        }
    }

    private EmbeddedPostgres takeOver(EmbeddedPostgres abandoned) {
        abandoned.abandon();
        return EmbeddedPostgres.start(folder, CACHE, why -> {});
    }

    private long serverPid() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection connect(EmbeddedPostgres server) throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), server.password());
    }
}
