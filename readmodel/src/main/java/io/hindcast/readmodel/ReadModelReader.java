package io.hindcast.readmodel;

import io.hindcast.api.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Access to the build that readers use at the moment. The pointer is read once a second, and again when a query fails:
 * a rebuild moves the pointer first and drops the old tables afterwards.
 *
 * <p>While this program version has no complete build, the build of another version is read, if its tables suit the
 * statements. If not, reading is refused as {@code NOT_READY} with the progress of the build; it never returns an empty
 * answer instead. Thread-safe.
 */
public final class ReadModelReader {

    private static final long POINTER_NANOS = 1_000_000_000L;
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(20);

    private static final Pointer NONE = new Pointer(new ReadModelBuild(0), true, 0);

    private final JdbcOperations jdbc;
    private final String definition;
    private volatile Pointer pointer = NONE;

    /** @param definition the definition that the callers' statements are written for */
    public ReadModelReader(JdbcOperations jdbc, ReadModelDefinition definition) {
        this.jdbc = jdbc;
        this.definition = definition.digest();
    }

    /** @param own whether the build is of this program's definition */
    private record Pointer(ReadModelBuild build, boolean own, long readAt) {

        boolean isNone() {
            return build.number() == 0;
        }
    }

    /** Runs {@code reading} against the tables as they are now; otherwise like the method below. */
    public <T> T read(Function<TableReader, T> reading) {
        return read(Optional.empty(), reading);
    }

    /**
     * Runs {@code reading} against the current build and returns its result. If it fails and the pointer has moved
     * meanwhile, it is run a second time, against the new build. {@code reading} runs on the caller's thread, must have
     * no side effects, and must not keep the reader.
     *
     * @param asOf market time as of which the tables are read; empty for now
     * @throws RefusedException from {@code reading}, or as {@code NOT_READY} without tables that can be read
     */
    public <T> T read(Optional<Instant> asOf, Function<TableReader, T> reading) {
        Pointer used = pointer();
        if (used.isNone()) {
            throw notReady();
        }
        try {
            return reading.apply(tables(used, asOf));
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            pointer = NONE;
            Pointer now = pointer();
            if (!now.isNone() && !now.build.equals(used.build)) {
                return reading.apply(tables(now, asOf));
            }
            if (!now.own && isUnreadable(e)) {
                throw notReady();
            }
            throw e;
        }
    }

    private TableReader tables(Pointer pointer, Optional<Instant> asOf) {
        return new TableReader(jdbc, pointer.build, QUERY_TIMEOUT, asOf);
    }

    /** Returns whether tables of another version do not suit the statements, as against a database that is down. */
    private static boolean isUnreadable(RuntimeException failure) {
        return failure instanceof BadSqlGrammarException || !(failure instanceof DataAccessException);
    }

    private RefusedException notReady() {
        List<String> progress = new ArrayList<>();
        jdbc.query(
                "select position, head from hindcast.read_model_build where definition = ? order by build desc limit 1",
                row -> {
                    progress.add(
                            "being built: %,d of %,d events are written".formatted(row.getLong(1), row.getLong(2)));
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

    private Pointer pointer() {
        Pointer known = pointer;
        long now = System.nanoTime();
        if (known.isNone() || now - known.readAt > POINTER_NANOS) {
            List<Pointer> found = new ArrayList<>();
            jdbc.query(
                    """
                    select build, definition = ? from hindcast.read_model_current
                    order by definition = ? desc, build desc limit 1
                    """,
                    row -> {
                        found.add(new Pointer(new ReadModelBuild(row.getInt(1)), row.getBoolean(2), now));
                    },
                    definition,
                    definition);
            known = found.isEmpty() ? NONE : found.getFirst();
            pointer = known;
        }
        return known;
    }
}
