package io.hindcast.readmodel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The builds of the read models in the database, and the pointer to the one that readers of a definition use. Builds of
 * other definitions belong to other program versions, which may run at the same time: their pointers are left alone.
 * Thread-safe; several processes may use it at once.
 */
public final class ReadModelBuilds {

    /** Time without a heartbeat after which another process may continue a build. */
    private static final String LEASE = "interval '10 seconds'";
    /** Time for which the build of an unused program version is kept, so that a rollback to it is quick. */
    private static final String KEPT = "interval '1 hour'";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ReadModelDefinition definition;

    public ReadModelBuilds(
            JdbcClient jdbc, PlatformTransactionManager transactionManager, ReadModelDefinition definition) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactionManager);
        this.definition = definition;
    }

    /** Returns the build that readers of this definition use, if one has caught up with the log. */
    public Optional<ReadModelBuild> current() {
        return jdbc.sql("select build from hindcast.read_model_current where definition = ?")
                .param(definition.digest())
                .query(ReadModelBuilds::build)
                .optional();
    }

    /** Returns whether readers have a build of another definition to fall back on. */
    public boolean hasFallback() {
        return jdbc.sql("select exists (select from hindcast.read_model_current where definition <> ?)")
                .param(definition.digest())
                .query(Boolean.class)
                .single();
    }

    private static ReadModelBuild build(ResultSet row, int n) throws SQLException {
        return new ReadModelBuild(row.getInt(1));
    }

    /** Returns the builds of all definitions, oldest first. */
    public List<ReadModelBuild> all() {
        return jdbc.sql("select build from hindcast.read_model_build order by build")
                .query(ReadModelBuilds::build)
                .list();
    }

    /**
     * Leases the build to fill for this definition while it has no current one: the build that an earlier process
     * began, or a new one. Empty while another process holds the lease, and once there is a current build.
     *
     * @param builder identity of this process
     */
    public Optional<ReadModelBuild> continueOrCreate(String builder) {
        return transaction(() -> {
            lock();
            if (current().isPresent()) {
                return Optional.empty();
            }
            ReadModelBuild build = jdbc.sql(
                            "select build from hindcast.read_model_build where definition = ? order by build limit 1")
                    .param(definition.digest())
                    .query(ReadModelBuilds::build)
                    .optional()
                    .orElseGet(this::create);
            return lease(build, builder) ? Optional.of(build) : Optional.empty();
        });
    }

    /** Creates a build with empty tables; readers do not use it yet. */
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
            jdbc.sql(TableReader.qualified(definition.tables(), build)).update();
            jdbc.sql("reset search_path").update();
            return build;
        });
    }

    /** Takes or renews the lease of a build that does not serve yet; false while another process holds it. */
    public boolean lease(ReadModelBuild build, String builder) {
        return jdbc.sql("update hindcast.read_model_build set builder = ?, heartbeat = now() where build = ?"
                                + " and (builder is null or builder = ? or heartbeat < now() - " + LEASE + ")")
                        .params(builder, build.number(), builder)
                        .update()
                == 1;
    }

    /** Gives the lease of a build back, so that another process can continue it at once. */
    public void release(ReadModelBuild build, String builder) {
        jdbc.sql("update hindcast.read_model_build set builder = null where build = ? and builder = ?")
                .params(build.number(), builder)
                .update();
    }

    /** Records the progress of a build for readers, as positions in the log. */
    public void progress(ReadModelBuild build, long position, long head) {
        jdbc.sql("update hindcast.read_model_build set position = ?, head = ? where build = ?")
                .params(position, head, build.number())
                .update();
    }

    /** Points the readers of this definition to a build. */
    public void switchTo(ReadModelBuild build) {
        jdbc.sql("""
                        insert into hindcast.read_model_current (definition, build) values (?, ?)
                        on conflict (definition) do update set build = excluded.build
                        """).params(definition.digest(), build.number()).update();
    }

    /** Collects planner statistics for a build's tables, which a new build lacks until autovacuum runs. */
    public void analyze(ReadModelBuild build) {
        for (String table : jdbc.sql("select table_name from information_schema.tables where table_schema = ?")
                .param(build.schema())
                .query((row, n) -> row.getString(1))
                .list()) {
            jdbc.sql("analyze " + build.schema() + "." + table).update();
        }
    }

    /**
     * Drops a build with its tables and its processor's tokens. Must not be called for the build that readers of this
     * definition use: it fails on the foreign key of the pointer.
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
     * Drops unused builds, once this definition has a current one: unfinished builds of this definition whose lease
     * ended, and builds of other definitions that no process has worked on for an hour.
     */
    public void dropUnused() {
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
                        .query(ReadModelBuilds::build)
                        .list()
                        .forEach(this::drop);
            }
            return true;
        });
    }

    /** Lets one process at a time create and drop builds; released at the end of the transaction. */
    private void lock() {
        jdbc.sql("lock table hindcast.read_model_build in share row exclusive mode")
                .update();
    }

    private <T> T transaction(java.util.function.Supplier<T> work) {
        T result = transactions.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("a transaction on the read-model builds returned nothing");
        }
        return result;
    }
}
