package io.hindcast.projections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The builds of the read models in the database, and which of them readers of one definition use. Builds of other
 * definitions belong to other versions of the program, which may run at the same time: their pointers are left alone.
 */
public final class ReadModels {

    /** So long after its builder was last heard of, another process may go on with a build. */
    private static final String LEASE = "interval '10 seconds'";
    /**
     * So long after a program version last worked on its build, it is dropped: until then going back to that version is
     * quick.
     */
    private static final String KEPT = "interval '1 hour'";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ReadModelDefinition definition;

    public ReadModels(JdbcClient jdbc, PlatformTransactionManager transactionManager, ReadModelDefinition definition) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactionManager);
        this.definition = definition;
    }

    /** The build that readers of this definition use, if one has caught up with the log. */
    public Optional<ReadModelBuild> current() {
        return jdbc.sql("select build from hindcast.read_model_current where definition = ?")
                .param(definition.digest())
                .query(ReadModels::build)
                .optional();
    }

    /** Whether readers have a build of another definition to fall back on. */
    boolean hasFallback() {
        return jdbc.sql("select exists (select from hindcast.read_model_current where definition <> ?)")
                .param(definition.digest())
                .query(Boolean.class)
                .single();
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
     * The build to fill for this definition as long as it has no current one: the one that an earlier process began, or
     * a new one. Empty while another process is filling it.
     *
     * @param builder names this process
     */
    Optional<ReadModelBuild> continueOrCreate(String builder) {
        return transaction(() -> {
            lock();
            if (current().isPresent()) {
                return Optional.empty();
            }
            ReadModelBuild build = jdbc.sql(
                            "select build from hindcast.read_model_build where definition = ? order by build limit 1")
                    .param(definition.digest())
                    .query(ReadModels::build)
                    .optional()
                    .orElseGet(this::create);
            return lease(build, builder) ? Optional.of(build) : Optional.empty();
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
                    .params(number, definition.digest())
                    .update();
            jdbc.sql("create schema " + build.schema()).update();
            jdbc.sql("set local search_path to " + build.schema()).update();
            jdbc.sql(definition.tables()).update();
            jdbc.sql("reset search_path").update();
            return build;
        });
    }

    /** Takes or keeps the right to fill a build before it serves; false while another process has it. */
    boolean lease(ReadModelBuild build, String builder) {
        return jdbc.sql("update hindcast.read_model_build set builder = ?, heartbeat = now() where build = ?"
                                + " and (builder is null or builder = ? or heartbeat < now() - " + LEASE + ")")
                        .params(builder, build.number(), builder)
                        .update()
                == 1;
    }

    /** Gives that right back, for another process to go on at once. */
    void release(ReadModelBuild build, String builder) {
        jdbc.sql("update hindcast.read_model_build set builder = null where build = ? and builder = ?")
                .params(build.number(), builder)
                .update();
    }

    /** Says for readers how far a build is, by positions in the log. */
    void progress(ReadModelBuild build, long position, long head) {
        jdbc.sql("update hindcast.read_model_build set position = ?, head = ? where build = ?")
                .params(position, head, build.number())
                .update();
    }

    /** Has readers of this definition use this build from now on. */
    public void switchTo(ReadModelBuild build) {
        jdbc.sql("""
                        insert into hindcast.read_model_current (definition, build) values (?, ?)
                        on conflict (definition) do update set build = excluded.build
                        """).params(definition.digest(), build.number()).update();
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

    /**
     * Removes a build, its tables and its processor's place in the log. The one that readers of this definition use
     * stays.
     */
    public void drop(ReadModelBuild build) {
        transaction(() -> {
            lock();
            jdbc.sql("delete from hindcast.read_model_current where build = ? and definition <> ?")
                    .params(build.number(), definition.digest())
                    .update();
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

    /**
     * Drops what nobody needs any more once this definition has a current build: builds of it that were cut off, and
     * those of other program versions that none has worked on for an hour.
     */
    void dropUnused() {
        transaction(() -> {
            lock();
            if (current().isPresent()) {
                jdbc.sql("select b.build from hindcast.read_model_build b where b.build not in"
                                + " (select build from hindcast.read_model_current where definition = ?)"
                                + " and (b.heartbeat is null or b.builder is null or b.heartbeat < now() - " + LEASE
                                + ") and not exists (select from hindcast.token_entry t"
                                + " where t.processor_name = 'read-models@' || b.build"
                                + " and t.time_stamp::timestamptz > now()"
                                + " - case when b.definition = ? then " + LEASE + " else " + KEPT + " end)")
                        .params(definition.digest(), definition.digest())
                        .query(ReadModels::build)
                        .list()
                        .forEach(this::drop);
            }
            return true;
        });
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
}
