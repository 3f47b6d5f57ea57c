package io.hindcast.app.running;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.app.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** How often each bar's first revision was recorded, by open time. */
    Map<Instant, Integer> recordingsOfBars() throws SQLException {
        Map<Instant, Integer> times = new TreeMap<>();
        for (CandlesRecorded event : events(CandlesRecorded.class)) {
            for (int row = 0; row < event.candles().size(); row++) {
                if (event.revision().get(row) == 0) {
                    times.merge(event.candles().openTime(event.day(), row), 1, Integer::sum);
                }
            }
        }
        return times;
    }

    /** How often a version's prediction about each bar was recorded, by version and open time. */
    Map<String, Map<Instant, Integer>> recordingsOfPredictions() throws SQLException {
        Map<String, Map<Instant, Integer>> times = new TreeMap<>();
        for (PredictionsRecorded event : events(PredictionsRecorded.class)) {
            for (int row = 0; row < event.predictions().size(); row++) {
                times.computeIfAbsent(event.predictions().versionOf(row).toString(), v -> new TreeMap<>())
                        .merge(event.openTime(row), 1, Integer::sum);
            }
        }
        return times;
    }

    List<LaneJoined> joins() throws SQLException {
        return events(LaneJoined.class);
    }

    /** The first bar recorded after an event of the log. */
    Instant firstBarAfter(String aggregateId, long sequence) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("""
                        select c.payload from hindcast.domain_event_entry c
                        where c.payload_type = '%s' and c.global_index > (
                            select global_index from hindcast.domain_event_entry
                            where aggregate_identifier = '%s' and sequence_number = %d)
                        order by c.global_index limit 1
                        """.formatted(CandlesRecorded.class.getName(), aggregateId, sequence))) {
            rows.next();
            CandlesRecorded event = read(rows.getBytes(1), CandlesRecorded.class);
            return event.candles().openTime(event.day(), 0);
        }
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

    /** All events of a type, in the order of the log. */
    <T> List<T> events(Class<T> type) throws SQLException {
        List<T> events = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select payload from hindcast.domain_event_entry"
                        + " where payload_type = '" + type.getName() + "' order by global_index")) {
            while (rows.next()) {
                events.add(read(rows.getBytes(1), type));
            }
        }
        return events;
    }

    private static <T> T read(byte[] payload, Class<T> type) {
        try {
            return JSON.readValue(payload, type);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Open times from one bar to another, without a hole. */
    static List<Instant> everyMinute(Instant first, Instant last) {
        List<Instant> minutes = new ArrayList<>();
        for (Instant t = first; !t.isAfter(last); t = t.plus(Duration.ofMinutes(1))) {
            minutes.add(t);
        }
        return minutes;
    }

    @Override
    public void close() throws SQLException {
        try (postgres) {
            connection.close();
        }
    }
}
