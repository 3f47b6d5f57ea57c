package io.hindcast.readmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** Statements that change the tables of one build, and queries against them without a time limit. */
public final class TableWriter extends TableReader {

    private final JdbcOperations jdbc;

    public TableWriter(JdbcOperations jdbc, ReadModelBuild build) {
        super(jdbc, build, Duration.ZERO, Optional.empty());
        this.jdbc = jdbc;
    }

    /**
     * Sets the market time of the following statements of the transaction. Tables that keep superseded rows take it as
     * the time from which the rows that they write are known.
     */
    public void setKnownAt(Instant at) {
        each(
                "select set_config('hindcast.known_at', ?, true)",
                _ -> {},
                SqlParameters.micros(at).toString());
    }

    /** Runs a statement and returns the number of rows it changed. */
    public int update(String sql, @Nullable Object... parameters) {
        return jdbc.update(qualified(sql), statement -> SqlParameters.bind(statement, parameters));
    }

    /**
     * Inserts rows by PostgreSQL's {@code COPY}. Fails if the table holds any of them already.
     *
     * @param target table with its columns in parentheses, as in {@code @gap (symbol, from_time)}
     */
    public void copy(BinaryCopy rows, String target) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            rows.send(connection, qualified(target));
            return true;
        });
    }
}
