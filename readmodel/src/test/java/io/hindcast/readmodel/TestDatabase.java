package io.hindcast.readmodel;

import com.zaxxer.hikari.HikariDataSource;
import io.hindcast.readmodel.database.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A migrated database of its own, in an embedded PostgreSQL server that all tests of the JVM share. */
public final class TestDatabase implements AutoCloseable {

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();
        private static int databases;

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("max_wal_size", "4GB")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        postgres.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static synchronized String newDatabase() {
            String name = "test_" + databases++;
            JdbcClient.create(POSTGRES.getPostgresDatabase())
                    .sql("create database " + name)
                    .update();
            return name;
        }
    }

    public final HikariDataSource dataSource = new HikariDataSource();
    public final JdbcTemplate jdbc;
    public final JdbcClient client;
    public final JdbcTransactionManager transactions;

    public TestDatabase() {
        String database = Server.newDatabase();
        dataSource.setJdbcUrl("jdbc:postgresql://localhost:" + Server.POSTGRES.getPort() + "/" + database
                + "?reWriteBatchedInserts=true");
        dataSource.setUsername("postgres");
        dataSource.setPassword("postgres");
        dataSource.setMaximumPoolSize(60);
        dataSource.setMinimumIdle(2);
        Migrations.migrate(dataSource);
        jdbc = new JdbcTemplate(dataSource);
        client = JdbcClient.create(jdbc);
        transactions = new JdbcTransactionManager(dataSource);
    }

    /** Returns the builds as a program of this definition sees them. */
    public ReadModelBuilds builds(ReadModelDefinition definition) {
        return new ReadModelBuilds(client, transactions, definition);
    }

    /** Returns all rows of all tables of a build as text, by table, sorted by their text. */
    public Map<String, List<String>> rows(ReadModelBuild build) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : client.sql("select table_name from information_schema.tables where table_schema = ?")
                .param(build.schema())
                .query(String.class)
                .list()) {
            rows.put(
                    table,
                    client.sql("select t::text from " + build.schema() + "." + table + " t order by 1")
                            .query(String.class)
                            .list());
        }
        return rows;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
