package io.hindcast.command.market;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.OpenMarket;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A symbol that is followed. Bars of different origins never share a log: a market stays with the origin, interval and,
 * unless the exchange itself is the origin, the very recording or generator it was opened with. It goes live once.
 */
public class Market {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private @Nullable MarketOpened opened;
    private boolean live;

    /** For Axon. */
    public Market() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(OpenMarket command) {
        if (opened == null) {
            apply(new MarketOpened(command.symbol(), command.interval(), command.origin(), command.description()));
        } else if (differs(opened, command)) {
            throw RefusedException.of(
                    "OTHER_ORIGIN",
                    "origin of " + command.symbol(),
                    command.origin() + " " + command.interval() + " (" + command.description() + ")",
                    "the one it was opened with, " + opened.origin() + " " + opened.interval() + " ("
                            + opened.description() + "), or another data folder");
        }
    }

    /** An exchange may be reached by another host; another recording or generator is another market. */
    private static boolean differs(MarketOpened opened, OpenMarket command) {
        return opened.origin() != command.origin()
                || opened.interval() != command.interval()
                || (opened.origin() != MarketOrigin.EXCHANGE
                        && !opened.description().equals(command.description()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(GoLive command) {
        if (opened == null) {
            throw RefusedException.of("NOT_OPEN", "market of " + command.symbol(), "never opened", "an open market");
        }
        if (!live) {
            apply(new MarketWentLive(command.symbol(), command.liveFrom()));
        }
    }

    @EventSourcingHandler
    void on(MarketOpened event) {
        aggregateId = MarketId.of(event.symbol());
        opened = event;
    }

    @EventSourcingHandler
    void on(MarketWentLive event) {
        live = true;
    }
}
