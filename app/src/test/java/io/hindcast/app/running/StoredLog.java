package io.hindcast.app.running;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.app.local.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The log and read models of a stopped process, read from its data folder without the program's own readers. */
final class StoredLog implements AutoCloseable {

    private static final JsonMapper JSON = HindcastJson.mapper();

    private final EmbeddedPostgres postgres;
    private final Connection connection;

    StoredLog(Path dataFolder) throws SQLException {
        postgres = EmbeddedPostgres.start(
                dataFolder.resolve("postgres"),
                Path.of(System.getProperty("user.home"), ".cache", "hindcast"),
                reason -> {});
        connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    LogContents contents() throws SQLException {
        String types =
                LogContents.types().stream().map(type -> "'" + type + "'").collect(Collectors.joining(","));
        LogContents contents = new LogContents();
        try (Statement statement = connection.createStatement();
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

    /** Returns all events of a type in log order. */
    <T> List<T> events(Class<T> type) throws SQLException {
        List<T> events = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select payload from hindcast.domain_event_entry"
                        + " where payload_type = '" + type.getName() + "' order by global_index")) {
            while (rows.next()) {
                events.add(JSON.readValue(rows.getBytes(1), type));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return events;
    }

    @Override
    public void close() throws SQLException {
        try (postgres) {
            connection.close();
        }
    }
}
