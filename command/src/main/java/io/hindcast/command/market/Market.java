package io.hindcast.command.market;

import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.OpenMarket;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A symbol that is followed. Bars of different origins never share a log: a market stays with the origin, interval and,
 * unless the exchange itself is the origin, the very recording or generator it was opened with. It goes live once.
 * {@link MarketState} decides.
 */
public class Market {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private MarketState state = MarketState.EMPTY;

    /** For Axon. */
    public Market() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(OpenMarket command) {
        state.decide(command).forEach(AggregateLifecycle::apply);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(GoLive command) {
        state.decide(command).forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(MarketOpened event) {
        aggregateId = MarketId.of(event.symbol());
        state = state.evolve(event);
    }

    @EventSourcingHandler
    void on(MarketWentLive event) {
        state = state.evolve(event);
    }
}
