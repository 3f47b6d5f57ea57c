package io.hindcast.readmodel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** Statements that change the tables of one build, and queries against them without a time limit. */
public final class TableWriter extends TableReader {

    private final JdbcOperations jdbc;

    public TableWriter(JdbcOperations jdbc, ReadModelBuild build) {
        super(jdbc, build, Duration.ZERO);
        this.jdbc = jdbc;
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
