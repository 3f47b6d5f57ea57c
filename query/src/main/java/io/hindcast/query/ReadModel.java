package io.hindcast.query;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The tables of the build that readers use at the moment. In a statement {@code @} stands for its schema, as in
 * {@code select from @candle}. Which build that is gets looked up once a second, and again when its tables are gone: a
 * rebuild switches first and drops later.
 */
public final class ReadModel {

    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;
    /** After which the database gives a statement up. */
    private static final int MAX_SECONDS = 20;
    /** Not the operators of which it is a part. */
    private static final Pattern TABLE = Pattern.compile("@(?=[a-z])");

    private final JdbcOperations jdbc;
    private volatile Build build = new Build(0, 0);

    public ReadModel(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    private record Build(int number, long lookedUpAt) {}

    /** Runs {@code reading} with the current build; once more if that was dropped meanwhile. */
    public <T> T read(Function<Reader, T> reading) {
        int number = current();
        if (number == 0) {
            throw io.hindcast.api.RefusedException.of(
                    "NOT_READY", "read models", "not built yet", "a moment of patience after the first start");
        }
        try {
            return reading.apply(new Reader(number));
        } catch (DataAccessException e) {
            build = new Build(0, 0);
            int now = current();
            if (now == number || now == 0) {
                throw e;
            }
            return reading.apply(new Reader(now));
        }
    }

    private int current() {
        Build known = build;
        long now = System.nanoTime();
        if (known.number == 0 || now - known.lookedUpAt > LOOK_AGAIN_NANOS) {
            List<Integer> found = new ArrayList<>();
            jdbc.query("select build from hindcast.read_model_current", row -> {
                found.add(row.getInt(1));
            });
            known = new Build(found.isEmpty() ? 0 : found.getFirst(), now);
            build = known;
        }
        return known.number;
    }

    /** Makes one row of an answer. */
    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    public interface Rows {
        void next(ResultSet row) throws SQLException;
    }

    /** One build's tables. */
    public final class Reader {

        private final int number;

        private Reader(int number) {
            this.number = number;
        }

        public int build() {
            return number;
        }

        public <T> List<T> list(String sql, Row<T> row, Object... parameters) {
            List<T> result = new ArrayList<>();
            each(sql, found -> result.add(row.of(found)), parameters);
            return result;
        }

        public <T> Optional<T> one(String sql, Row<T> row, Object... parameters) {
            return list(sql, row, parameters).stream().findFirst();
        }

        /** Parameters may be strings, numbers, instants, days and lists of strings, numbers or days (as arrays). */
        public void each(String sql, Rows rows, Object... parameters) {
            jdbc.query(
                    TABLE.matcher(sql).replaceAll("rm_" + number + "."),
                    statement -> {
                        statement.setFetchSize(0);
                        statement.setQueryTimeout(MAX_SECONDS);
                        bind(statement, parameters);
                    },
                    rows::next);
        }
    }

    private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case Instant time -> statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
                case Enum<?> name -> statement.setString(i + 1, name.name());
                case List<?> list -> statement.setArray(i + 1, array(statement.getConnection(), list));
                case Optional<?> optional when optional.isEmpty() -> statement.setNull(i + 1, Types.NULL);
                default -> statement.setObject(i + 1, parameters[i]);
            }
        }
    }

    private static Array array(Connection connection, List<?> list) throws SQLException {
        Object first = list.isEmpty() ? "" : list.getFirst();
        return switch (first) {
            case LocalDate _ -> connection.createArrayOf("date", list.toArray());
            case Integer _ -> connection.createArrayOf("int4", list.toArray());
            default -> connection.createArrayOf("text", list.toArray());
        };
    }

    /** A {@code timestamptz} column as an instant. */
    public static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A {@code timestamptz} column that may be null. */
    public static Optional<Instant> optionalTime(ResultSet row, int column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
