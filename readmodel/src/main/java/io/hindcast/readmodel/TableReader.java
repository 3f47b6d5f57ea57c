package io.hindcast.readmodel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Queries against the tables of one build. In a statement {@code @name} stands for a table of the build, as in
 * {@code select symbol from @market}; operators such as {@code @@} are left alone.
 *
 * <p>A reader as of a moment of market time reads each table as it was then: its statements see nothing that became
 * known later. A table that has no such past, such as one of the wall clock's, cannot be read by it.
 *
 * <p>Parameters may be strings, numbers, booleans, enums (as their names), instants (truncated to the microsecond),
 * days, lists of these (as arrays) and optionals of these; null and the empty optional are SQL's null.
 *
 * <p>Statements run on the caller's thread and in its transaction, if it has one. They throw Spring's
 * {@code DataAccessException}.
 */
public sealed class TableReader permits TableWriter {

    /** A table's name after {@code @}, as against an operator that contains the character. */
    private static final Pattern TABLE = Pattern.compile("@([a-z][a-z_]*)");

    private final JdbcOperations jdbc;
    private final ReadModelBuild build;
    private final int timeoutSeconds;
    private final Optional<Instant> asOf;

    /**
     * @param timeout after which the database cancels a query; zero for no limit
     * @param asOf market time as of which the tables are read; empty for now
     */
    TableReader(JdbcOperations jdbc, ReadModelBuild build, Duration timeout, Optional<Instant> asOf) {
        this.jdbc = jdbc;
        this.build = build;
        this.timeoutSeconds = Math.toIntExact(timeout.toSeconds());
        this.asOf = asOf;
    }

    /**
     * Maps the current row of a result to a value. Called on the reader's thread, row by row; must not move the cursor.
     */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    public ReadModelBuild build() {
        return build;
    }

    /** Returns the market time as of which the tables are read; empty for now. */
    public Optional<Instant> asOf() {
        return asOf;
    }

    /** Returns all rows of a query. */
    public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        List<T> rows = new ArrayList<>();
        each(sql, row -> rows.add(mapper.map(row)), parameters);
        return rows;
    }

    /** Returns the first row of a query. */
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return list(sql, mapper, parameters).stream().findFirst();
    }

    /** Passes each row of a query to a handler, in the order of the result. */
    public void each(String sql, RowCallbackHandler handler, @Nullable Object... parameters) {
        jdbc.query(
                qualified(sql),
                statement -> {
                    statement.setQueryTimeout(timeoutSeconds);
                    SqlParameters.bind(statement, parameters);
                },
                handler);
    }

    /**
     * Returns a statement with the names of tables, or what they held at a moment, in place of their {@code @} form.
     */
    final String qualified(String sql) {
        return asOf.map(moment -> TABLE.matcher(sql)
                        .replaceAll(build.schema() + ".$1_as_of('"
                                + SqlParameters.micros(moment).atOffset(ZoneOffset.UTC) + "'::timestamptz)"))
                .orElseGet(() -> qualified(sql, build));
    }

    /** Returns a statement with the names of a build's tables in place of their {@code @} form. */
    static String qualified(String sql, ReadModelBuild build) {
        return TABLE.matcher(sql).replaceAll(build.schema() + ".$1");
    }

    /** Reads a {@code timestamptz} column. */
    public static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Reads a {@code timestamptz} column that may be null. */
    public static Optional<Instant> optionalTime(ResultSet row, int column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
