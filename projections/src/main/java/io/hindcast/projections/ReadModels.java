package io.hindcast.projections;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** The builds of the read models in the database, and which of them readers use. */
public final class ReadModels {

    private static final String TABLES = read("/db/readmodel/tables.sql");
    private static final String DEFINITION = sha256(TABLES);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    public ReadModels(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /** The build that readers use, if there is one yet. */
    public Optional<ReadModelBuild> current() {
        return jdbc.sql("select build from hindcast.read_model_current")
                .query(ReadModels::build)
                .optional();
    }

    private static ReadModelBuild build(ResultSet row, int n) throws SQLException {
        return new ReadModelBuild(row.getInt(1));
    }

    /** Every build there is, oldest first. */
    public List<ReadModelBuild> all() {
        return jdbc.sql("select build from hindcast.read_model_build order by build")
                .query(ReadModels::build)
                .list();
    }

    /**
     * The build to serve from when the program starts: the current one, or a new and empty one if there is none or its tables are
     * of another program version. Builds left over from a rebuild that was cut off are dropped.
     */
    public ReadModelBuild prepare() {
        return transaction(() -> {
            lock();
            Optional<ReadModelBuild> usable = current().filter(this::isOfThisProgram);
            ReadModelBuild current = usable.orElseGet(this::create);
            if (usable.isEmpty()) {
                switchTo(current);
            }
            for (ReadModelBuild build : all()) {
                if (!build.equals(current) && !isBeingBuilt(build)) {
                    drop(build);
                }
            }
            return current;
        });
    }

    /** A new build: empty tables that nobody reads. */
    public ReadModelBuild create() {
        return transaction(() -> {
            lock();
            int number = jdbc.sql("select coalesce(max(build), 0) + 1 from hindcast.read_model_build")
                    .query(Integer.class)
                    .single();
            ReadModelBuild build = new ReadModelBuild(number);
            jdbc.sql("insert into hindcast.read_model_build (build, definition) values (?, ?)")
                    .params(number, DEFINITION)
                    .update();
            jdbc.sql("create schema " + build.schema()).update();
            jdbc.sql("set local search_path to " + build.schema()).update();
            jdbc.sql(TABLES).update();
            jdbc.sql("reset search_path").update();
            return build;
        });
    }

    /** Has readers use this build from now on. */
    public void switchTo(ReadModelBuild build) {
        jdbc.sql("""
                        insert into hindcast.read_model_current (build) values (?)
                        on conflict (only_row) do update set build = excluded.build
                        """).param(build.number()).update();
    }

    /** Gives the planner statistics of a build's tables, which a new one lacks until the server gets round to it. */
    public void analyze(ReadModelBuild build) {
        for (String table : jdbc.sql("select table_name from information_schema.tables where table_schema = ?")
                .param(build.schema())
                .query((row, n) -> row.getString(1))
                .list()) {
            jdbc.sql("analyze " + build.schema() + "." + table).update();
        }
    }

    /** Removes a build, its tables and its processor's place in the log. The current one cannot be dropped. */
    public void drop(ReadModelBuild build) {
        transaction(() -> {
            lock();
            jdbc.sql("delete from hindcast.read_model_build where build = ?")
                    .param(build.number())
                    .update();
            jdbc.sql("delete from hindcast.token_entry where processor_name = ?")
                    .param(build.processor())
                    .update();
            return jdbc.sql("drop schema if exists " + build.schema() + " cascade")
                    .update();
        });
    }

    private boolean isOfThisProgram(ReadModelBuild build) {
        return jdbc.sql("select definition = ? from hindcast.read_model_build where build = ?")
                .params(DEFINITION, build.number())
                .query(Boolean.class)
                .single();
    }

    /** Whether a processor anywhere took its place in the log for this build in the last minute, or still holds it. */
    private boolean isBeingBuilt(ReadModelBuild build) {
        return jdbc.sql("""
                        select exists (select from hindcast.token_entry
                                       where processor_name = ? and owner is not null
                                         and time_stamp::timestamptz > now() - interval '1 minute')
                        """).param(build.processor()).query(Boolean.class).single();
    }

    /** Builds are made, switched and dropped by one process at a time; released at the end of the transaction. */
    private void lock() {
        jdbc.sql("lock table hindcast.read_model_build in share row exclusive mode")
                .update();
    }

    private <T> T transaction(java.util.function.Supplier<T> work) {
        T result = transactions.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("a transaction on the read-model builds gave nothing");
        }
        return result;
    }

    private static String read(String resource) {
        try (InputStream in = ReadModels.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
