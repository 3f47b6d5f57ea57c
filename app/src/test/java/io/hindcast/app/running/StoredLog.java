package io.hindcast.app.running;

import io.hindcast.app.local.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/** A stopped process's log, read from its data folder without any of the program's own readers. */
final class StoredLog {

    private StoredLog() {}

    static LogContents read(Path dataFolder) throws SQLException {
        String types =
                LogContents.types().stream().map(type -> "'" + type + "'").collect(Collectors.joining(","));
        LogContents contents = new LogContents();
        try (LocalPostgres postgres = LocalPostgres.start(
                        dataFolder.resolve("postgres"),
                        Path.of(System.getProperty("user.home"), ".cache", "hindcast"),
                        why -> {});
                Connection connection =
                        DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select aggregate_identifier, sequence_number, payload_type, payload"
                                + " from hindcast.domain_event_entry where payload_type in (" + types
                                + ") order by global_index")) {
            while (rows.next()) {
                contents.add(rows.getString(1), rows.getLong(2), rows.getString(3), rows.getBytes(4));
            }
        }
        return contents;
    }
}
