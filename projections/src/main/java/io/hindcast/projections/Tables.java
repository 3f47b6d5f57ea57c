package io.hindcast.projections;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/**
 * The tables of one build, within the transaction of the caller. In a statement {@code @} stands for the build's
 * schema, as in {@code select from @candle}. Parameters may be strings, numbers, booleans, instants, days and lists of
 * these (as arrays).
 */
public final class Tables {

    private final JdbcOperations jdbc;
    private final String prefix;

    public Tables(JdbcOperations jdbc, ReadModelBuild build) {
        this.jdbc = jdbc;
        this.prefix = build.schema() + ".";
    }

    public int update(String sql, @Nullable Object... parameters) {
        return jdbc.update(named(sql), statement -> bind(statement, parameters));
    }

    public <T> List<T> query(String sql, RowMapper<T> row, @Nullable Object... parameters) {
        List<T> result = new ArrayList<>();
        jdbc.query(named(sql), statement -> bind(statement, parameters), rs -> {
            result.add(java.util.Objects.requireNonNull(row.mapRow(rs, result.size())));
        });
        return result;
    }

    public <T> @Nullable T one(String sql, RowMapper<T> row, @Nullable Object... parameters) {
        return DataAccessUtils.singleResult(query(sql, row, parameters));
    }

    /**
     * Adds rows to a table, none of which it may hold. {@code target} is its name without schema, with columns in
     * brackets.
     */
    public void copy(CopyIn rows, String target) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            rows.send(connection, prefix + target);
            return true;
        });
    }

    private String named(String sql) {
        return sql.replace("@", prefix);
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            switch (value) {
                case null -> statement.setNull(i + 1, Types.NULL);
                case Instant time -> statement.setObject(i + 1, micros(time).atOffset(ZoneOffset.UTC));
                case Enum<?> name -> statement.setString(i + 1, name.name());
                case List<?> list -> statement.setArray(i + 1, array(statement.getConnection(), list));
                default -> statement.setObject(i + 1, value);
            }
        }
    }

    private static Array array(Connection connection, List<?> list) throws SQLException {
        Object first = list.isEmpty() ? "" : list.getFirst();
        Object[] values = list.stream()
                .map(value -> value instanceof Instant time ? micros(time).toString() : value)
                .toArray();
        return switch (first) {
            case Instant _ -> connection.createArrayOf("timestamptz", values);
            case LocalDate _ -> connection.createArrayOf("date", values);
            case Integer _ -> connection.createArrayOf("int4", values);
            case Long _ -> connection.createArrayOf("int8", values);
            case Double _ -> connection.createArrayOf("float8", values);
            case Boolean _ -> connection.createArrayOf("bool", values);
            default -> connection.createArrayOf("text", values);
        };
    }

    /** Cut to the microsecond, which is what the tables hold, whichever way a time gets there. */
    public static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** A {@code timestamptz} column as an instant. */
    public static Instant time(java.sql.ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
