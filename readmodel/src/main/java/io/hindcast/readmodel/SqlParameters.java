package io.hindcast.readmodel;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds Java values to the parameters of a statement. */
final class SqlParameters {

    private SqlParameters() {}

    static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case Optional<?> optional -> bind(statement, index, optional.orElse(null));
            case Instant time -> statement.setObject(index, micros(time).atOffset(ZoneOffset.UTC));
            case Enum<?> constant -> statement.setString(index, constant.name());
            case List<?> list -> statement.setArray(index, array(statement.getConnection(), list));
            default -> statement.setObject(index, value);
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

    /** Truncates to the resolution of {@code timestamptz}, as {@link BinaryCopy} does; the driver alone would round. */
    static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
