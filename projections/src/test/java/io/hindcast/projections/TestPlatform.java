package io.hindcast.projections;

import com.zaxxer.hikari.HikariDataSource;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.ReadModelBuilds;
import io.hindcast.readmodel.ReadModelDefinition;
import io.hindcast.readmodel.TestDatabase;
import io.hindcast.readmodel.database.AxonTables;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

/** An event store and read models in a database of its own, wired as in the application. */
public final class TestPlatform implements AutoCloseable {

    public final TestDatabase database = new TestDatabase();
    public final HikariDataSource dataSource = database.dataSource;
    public final JdbcTemplate jdbc = database.jdbc;
    public final JdbcClient client = database.client;
    public final TransactionManager transactions = new SpringTransactionManager(database.transactions);
    public final Serializer serializer;
    public final JdbcTokenStore tokens;
    public final EventStore log;
    public final ReadModelBuilds builds;
    public final Outages outages = new Outages(InstantSource.system());

    public TestPlatform() {
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
        builds = builds(ReadModelDefinition.PROGRAM);
    }

    /** Returns the builds as a program of this definition sees them. */
    public ReadModelBuilds builds(ReadModelDefinition definition) {
        return database.builds(definition);
    }

    /** Creates an empty build that readers use at once. */
    public ReadModelBuild serve() {
        ReadModelBuild build = builds.create();
        builds.switchTo(build);
        return build;
    }

    public ReadModelProcessors processors(int segments, int batchSize) {
        return new ReadModelProcessors(log, tokens, transactions, jdbc, new ProjectionsProperties(segments, batchSize));
    }

    /** Returns the operations of a process, not started yet. */
    public ReadModelOperations operations(ReadModelBuilds of, StreamableMessageSource<TrackedEventMessage<?>> source) {
        return new ReadModelOperations(
                UUID.randomUUID().toString(),
                of,
                new ReadModelProcessors(source, tokens, transactions, jdbc, new ProjectionsProperties(2, 100)),
                ProgressReporter.NONE,
                new SupervisedLoop.Context(
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

    /** Appends events in a transaction, after whose commit readers of the log are woken, as for a command. */
    public void publish(List<? extends EventMessage<?>> events) {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        work.attachTransaction(transactions);
        work.execute(() -> log.publish(events));
    }

    public Map<String, List<String>> rows(ReadModelBuild build) {
        return database.rows(build);
    }

    @Override
    public void close() {
        if (log instanceof EmbeddedEventStore store) {
            store.shutDown();
        }
        database.close();
    }
}
