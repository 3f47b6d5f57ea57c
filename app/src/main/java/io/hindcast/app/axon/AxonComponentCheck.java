package io.hindcast.app.axon;

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

/** Refuses a configuration in which Axon fell back to a default component. */
public final class AxonComponentCheck {

    private static final Logger log = LoggerFactory.getLogger(AxonComponentCheck.class);

    private AxonComponentCheck() {}

    /** Checks a configuration that is built but not started. */
    public static void check(Configuration axon, EventStoreKind kind) {
        require(
                "transaction manager",
                axon.getComponent(TransactionManager.class, () -> NoTransactionManager.INSTANCE),
                SpringTransactionManager.class);
        require("general serializer", axon.serializer(), JacksonSerializer.class);
        require("event serializer", axon.eventSerializer(), JacksonSerializer.class);
        require("message serializer", axon.messageSerializer(), JacksonSerializer.class);
        require("deadline manager", axon.deadlineManager(), DbSchedulerDeadlineManager.class);
        require("saga store", axon.getComponent(SagaStore.class), JdbcSagaStore.class);
        require("token store", axon.getComponent(TokenStore.class), JdbcTokenStore.class);
        EventStore store = axon.eventStore();
        boolean embedded = store instanceof EmbeddedEventStore;
        if (embedded != (kind == EventStoreKind.POSTGRES)) {
            throw unexpected("event store", store, "the one of " + kind);
        }
        Map<String, EventProcessor> processors =
                new TreeMap<>(axon.eventProcessingConfiguration().eventProcessors());
        processors.forEach((name, processor) -> {
            if (!(processor instanceof StreamingEventProcessor)) {
                throw unexpected("event processor " + name, processor, "one that follows the log by a token");
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

    private static void require(String component, Object actual, Class<?> expected) {
        if (!expected.isInstance(actual)) {
            throw unexpected(component, actual, expected.getSimpleName());
        }
    }

    private static IllegalStateException unexpected(String component, Object actual, String expected) {
        return new IllegalStateException(
                "Axon's " + component + " is a " + actual.getClass().getName() + ", expected " + expected);
    }
}
