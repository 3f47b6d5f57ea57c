package io.hindcast.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class FailedCommitTest {

    @Test
    void failedCommitRemovesAggregateFromCache() {
        AtomicBoolean away = new AtomicBoolean(true);
        var configurer = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(configuration -> new InMemoryEventStorageEngine() {
                    @Override
                    public void appendEvents(List<? extends EventMessage<?>> events) {
                        if (away.get()) {
                            throw new EventStoreException("the database is away");
                        }
                        super.appendEvents(events);
                    }
                });
        CommandConfiguration.configureAggregates(configurer);
        var axon = configurer.start();
        try {
            OpenMarket command = new OpenMarket(
                    new Symbol("BTCUSDT"), Interval.ONE_MINUTE, MarketOrigin.EXCHANGE, "a host", Instant.EPOCH);
            assertThatThrownBy(() -> axon.commandGateway().sendAndWait(command)).hasMessageContaining("away");

            away.set(false);
            axon.commandGateway().sendAndWait(command);
            axon.commandGateway().sendAndWait(command);

            assertThat(axon.eventStore().readEvents("market:BTCUSDT").asStream())
                    .hasSize(1);
        } finally {
            axon.shutdown();
        }
    }
}
