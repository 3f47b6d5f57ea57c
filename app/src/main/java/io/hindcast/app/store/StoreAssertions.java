package io.hindcast.app.store;

import java.util.Map;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses to run on parts that Axon put in by itself where ours were meant. */
public final class StoreAssertions {

    private static final Logger log = LoggerFactory.getLogger(StoreAssertions.class);

    private StoreAssertions() {}

    /** Looks at the built configuration before it starts. */
    public static void check(Configuration axon, EventStoreKind kind) {
        is(
                "transaction manager",
                axon.getComponent(TransactionManager.class, () -> NoTransactionManager.INSTANCE),
                SpringTransactionManager.class);
        is("general serializer", axon.serializer(), JacksonSerializer.class);
        is("event serializer", axon.eventSerializer(), JacksonSerializer.class);
        is("message serializer", axon.messageSerializer(), JacksonSerializer.class);
        is("deadline manager", axon.deadlineManager(), DbSchedulerDeadlineManager.class);
        is("saga store", axon.getComponent(SagaStore.class), JdbcSagaStore.class);
        is("token store", axon.getComponent(TokenStore.class), JdbcTokenStore.class);
        EventStore store = axon.eventStore();
        boolean embedded = store instanceof EmbeddedEventStore;
        if (embedded != (kind == EventStoreKind.POSTGRES)) {
            throw wrong("event store", store, "the one of " + kind);
        }
        Map<String, EventProcessor> processors =
                new TreeMap<>(axon.eventProcessingConfiguration().eventProcessors());
        processors.forEach((name, processor) -> {
            if (!(processor instanceof StreamingEventProcessor)) {
                throw wrong("event processor " + name, processor, "one that follows the log by a token");
            }
        });
        log.info(
                "Axon: log in {}, commands by {}, processors {}",
                store.getClass().getSimpleName(),
                axon.getComponent(CommandBus.class).getClass().getSimpleName(),
                processors.entrySet().stream()
                        .map(e -> e.getKey() + " (" + e.getValue().getClass().getSimpleName() + ")")
                        .toList());
    }

    private static void is(String part, Object actual, Class<?> meant) {
        if (!meant.isInstance(actual)) {
            throw wrong(part, actual, meant.getSimpleName());
        }
    }

    private static IllegalStateException wrong(String part, Object actual, String meant) {
        return new IllegalStateException(
                "Axon's " + part + " is a " + actual.getClass().getName() + ", not " + meant);
    }
}
