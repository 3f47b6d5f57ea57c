package io.hindcast.projections;

import com.zaxxer.hikari.HikariDataSource;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A database of its own with log and read models, in a PostgreSQL that all tests of the JVM share: what the application
 * wires, without the application.
 */
public final class Platform implements AutoCloseable {

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
    public final JdbcTransactionManager springTransactions;
    public final TransactionManager transactions;
    public final Serializer serializer;
    public final JdbcTokenStore tokens;
    public final EventStore log;
    public final ReadModels readModels;
    public final Outages outages = new Outages(InstantSource.system());

    public Platform() {
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
        springTransactions = new JdbcTransactionManager(dataSource);
        transactions = new SpringTransactionManager(springTransactions);
        serializer = JacksonSerializer.builder()
                .objectMapper(HindcastJson.mapper())
                .lenientDeserialization()
                .build();
        var connections =
                new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
        tokens = JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .schema(AxonTables.tokens())
                .contentType(byte[].class)
                .build();
        log = EmbeddedEventStore.builder()
                .storageEngine(JdbcEventStorageEngine.builder()
                        .connectionProvider(connections)
                        .transactionManager(transactions)
                        .schema(AxonTables.events())
                        .dataType(byte[].class)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .batchSize(1000)
                        .gapTimeout(10_000)
                        .build())
                .cachedEvents(1000)
                .build();
        readModels = readModels(ReadModelDefinition.PROGRAM);
    }

    /** The read models as a program of that definition sees them. */
    public ReadModels readModels(ReadModelDefinition definition) {
        return new ReadModels(client, springTransactions, definition);
    }

    /** An empty build that readers use at once. */
    public ReadModelBuild serve() {
        ReadModelBuild build = readModels.create();
        readModels.switchTo(build);
        return build;
    }

    public ReadModelProcessors processors(int segments, int batchSize) {
        return new ReadModelProcessors(log, tokens, transactions, jdbc, new ProjectionsProperties(segments, batchSize));
    }

    /** A process that keeps read models up to date, not started yet. */
    public ReadModelOperations operations(ReadModels of, StreamableMessageSource<TrackedEventMessage<?>> source) {
        return new ReadModelOperations(
                UUID.randomUUID().toString(),
                of,
                new ReadModelProcessors(source, tokens, transactions, jdbc, new ProjectionsProperties(2, 100)),
                ProgressReporter.NONE,
                new SupervisedLoop.Ground(
                        new Backoff(Duration.ofMillis(50), Duration.ofMillis(500)),
                        WallTimer.system(),
                        new Random(1),
                        outages,
                        new SimpleMeterRegistry()));
    }

    /** Appends an event as the next of an aggregate. */
    public void publish(String type, String aggregate, long sequence, Object payload) {
        publish(List.of(new GenericDomainEventMessage<>(type, aggregate, sequence, payload)));
    }

    /** As a command would: readers of the log are woken once the transaction is through. */
    public void publish(List<? extends EventMessage<?>> events) {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        work.attachTransaction(transactions);
        work.execute(() -> log.publish(events));
    }

    /** Every row of every table of a build, by table, in an order that the rows themselves decide. */
    public Map<String, List<String>> rows(ReadModelBuild build) {
        Map<String, List<String>> rows = new java.util.TreeMap<>();
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
        if (log instanceof EmbeddedEventStore store) {
            store.shutDown();
        }
        dataSource.close();
    }
}
