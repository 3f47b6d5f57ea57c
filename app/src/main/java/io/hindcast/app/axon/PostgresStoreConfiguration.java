package io.hindcast.app.axon;

import io.hindcast.readmodel.database.AxonTables;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The event store in PostgreSQL; commands and queries stay in this process. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = EventStoreKind.PROPERTY, havingValue = "postgres", matchIfMissing = true)
public class PostgresStoreConfiguration {

    /** Commands handled at once. More would only wait for the disk. */
    private static final int COMMAND_THREADS = 8;

    private static final int COMMAND_QUEUE = 1_000;

    @Bean
    EventStorageEngine eventStorageEngine(
            ConnectionProvider connections,
            TransactionManager transactions,
            @Qualifier("eventSerializer") Serializer events,
            Configuration configuration) {
        return new TimeLimitedEventStorageEngine(
                settings(connections, transactions, events)
                        .upcasterChain(configuration.upcasterChain())
                        .snapshotFilter(configuration.snapshotFilter()),
                transactions);
    }

    /** Returns the engine's settings apart from those that need a complete Axon configuration. */
    static JdbcEventStorageEngine.Builder settings(
            ConnectionProvider connections, TransactionManager transactions, Serializer events) {
        return JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .schema(AxonTables.events())
                .dataType(byte[].class)
                .batchSize(1_000)
                .gapTimeout(Math.toIntExact(TimeLimitedEventStorageEngine.GAP_TIMEOUT.toMillis()))
                .eventSerializer(events)
                .snapshotSerializer(events)
                .persistenceExceptionResolver(duplicateKeys());
    }

    @Bean(name = "eventBus")
    @Qualifier("eventStore") EventStore eventStore(EventStorageEngine engine, Configuration configuration) {
        return EmbeddedEventStore.builder()
                .storageEngine(engine)
                // Processors at the head share one reader, which is woken by each commit of this process.
                .optimizeEventConsumption(true)
                .cachedEvents(2_000)
                .fetchDelay(250)
                .messageMonitor(configuration.messageMonitor(EventStore.class, "eventStore"))
                .build();
    }

    /**
     * Handles commands on threads and in transactions of their own, as Axon Server would, so that a refused command
     * never rolls back the transaction of its sender.
     */
    @Bean(destroyMethod = "shutdown")
    @Qualifier("localSegment") CommandBus commandBus(
            TransactionManager transactions,
            Configuration configuration,
            DuplicateCommandHandlerResolver duplicates,
            MeterRegistry meters) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                COMMAND_THREADS,
                COMMAND_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(COMMAND_QUEUE),
                new AxonThreadFactory("command"));
        executor.allowCoreThreadTimeOut(true);
        ExecutorServiceMetrics.monitor(meters, executor, "commands", List.of());
        AsynchronousCommandBus bus = AsynchronousCommandBus.builder()
                .transactionManager(transactions)
                .executor(executor)
                .duplicateCommandHandlerResolver(duplicates)
                .messageMonitor(configuration.messageMonitor(CommandBus.class, "commandBus"))
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(configuration.correlationDataProviders()));
        return bus;
    }

    /** Detects duplicate keys by the SQL state, since PostgreSQL's driver has one exception class for everything. */
    private static PersistenceExceptionResolver duplicateKeys() {
        return exception -> {
            for (Throwable t = exception; t != null; t = t.getCause()) {
                if (t instanceof SQLException sql && "23505".equals(sql.getSQLState())) {
                    return true;
                }
            }
            return false;
        };
    }
}
