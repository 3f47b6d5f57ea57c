package io.hindcast.app.running;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.app.local.LocalPostgres;
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

/** A stopped process's log and read models, read from its data folder without any of the program's own readers. */
final class StoredLog implements AutoCloseable {

    private static final JsonMapper JSON = HindcastJson.mapper();

    private final LocalPostgres postgres;
    private final Connection connection;

    StoredLog(Path dataFolder) throws SQLException {
        postgres = LocalPostgres.start(
                dataFolder.resolve("postgres"),
                Path.of(System.getProperty("user.home"), ".cache", "hindcast"),
                why -> {});
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

    /** All events of a type, in the order of the log. */
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

    long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The schema that readers use. */
    String readModels() throws SQLException {
        return "rm_" + count("select build from hindcast.read_model_current");
    }

    @Override
    public void close() throws SQLException {
        try (postgres) {
            connection.close();
        }
    }
}
