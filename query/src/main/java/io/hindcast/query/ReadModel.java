package io.hindcast.query;

import io.hindcast.api.RefusedException;
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
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The tables of the build that readers use at the moment. In a statement {@code @} stands for its schema, as in
 * {@code select from @candle}. Which build that is gets looked up once a second, and again when its tables are gone: a
 * rebuild switches first and drops later.
 *
 * <p>As long as this program version has no complete build, another version's serves if its tables can be read. If not,
 * the answer is {@code NOT_READY} with how far the build is, never an empty one.
 */
public final class ReadModel {

    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;
    /** After which the database gives a statement up. */
    private static final int MAX_SECONDS = 20;
    /** Not the operators of which it is a part. */
    private static final Pattern TABLE = Pattern.compile("@(?=[a-z])");

    private static final Build NONE = new Build(0, true, 0);

    private final JdbcOperations jdbc;
    private final String definition;
    private volatile Build build = NONE;

    /** @param definition digest of the tables that the statements are written for, as builds carry it */
    public ReadModel(JdbcOperations jdbc, String definition) {
        this.jdbc = jdbc;
        this.definition = definition;
    }

    /** @param own whether it is of this program's definition */
    private record Build(int number, boolean own, long lookedUpAt) {}

    /** Runs {@code reading} with the current build; once more if that was dropped or replaced meanwhile. */
    public <T> T read(Function<Reader, T> reading) {
        Build tried = current();
        if (tried.number == 0) {
            throw notReady();
        }
        try {
            return reading.apply(new Reader(tried.number));
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            build = NONE;
            Build now = current();
            if (now.number != tried.number && now.number != 0) {
                return reading.apply(new Reader(now.number));
            }
            if (!now.own && isUnreadable(e)) {
                throw notReady();
            }
            throw e;
        }
    }

    /** Whether tables of another version are not what the statements expect, as against a database that is away. */
    private static boolean isUnreadable(RuntimeException failure) {
        return failure instanceof BadSqlGrammarException || !(failure instanceof DataAccessException);
    }

    private RefusedException notReady() {
        List<String> progress = new ArrayList<>();
        jdbc.query(
                "select position, head from hindcast.read_model_build where definition = ? order by build desc limit 1",
                row -> {
                    progress.add("being built: %,d of %,d events are in".formatted(row.getLong(1), row.getLong(2)));
                },
                definition);
        return RefusedException.of(
                "NOT_READY",
                "read models",
                progress.isEmpty() ? "not built yet" : progress.getFirst(),
                progress.isEmpty()
                        ? "a process with the role projections, which builds them when it starts"
                        : "complete ones; ask again in a moment");
    }

    private Build current() {
        Build known = build;
        long now = System.nanoTime();
        if (known.number == 0 || now - known.lookedUpAt > LOOK_AGAIN_NANOS) {
            List<Build> found = new ArrayList<>();
            jdbc.query(
                    """
                    select build, definition = ? from hindcast.read_model_current
                    order by definition = ? desc, build desc limit 1
                    """,
                    row -> {
                        found.add(new Build(row.getInt(1), row.getBoolean(2), now));
                    },
                    definition,
                    definition);
            known = found.isEmpty() ? NONE : found.getFirst();
            build = known;
        }
        return known;
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
