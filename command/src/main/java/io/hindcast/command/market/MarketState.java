package io.hindcast.command.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.OpenMarket;
import java.util.List;
import java.util.Optional;

/**
 * The state that a market's decisions depend on, and these decisions. Immutable. Each {@code decide} returns the events
 * that follow from a command, none if it is a repetition, or throws the refusal.
 *
 * @param opened how the market was opened
 */
record MarketState(Optional<MarketOpened> opened, boolean live) {

    static final MarketState EMPTY = new MarketState(Optional.empty(), false);

    List<MarketOpened> decide(OpenMarket command) {
        if (opened.isEmpty()) {
            return List.of(new MarketOpened(
                    command.symbol(), command.interval(), command.origin(), command.description(), command.openedAt()));
        }
        MarketOpened before = opened.get();
        if (differs(before, command)) {
            throw RefusedException.of(
                    "OTHER_ORIGIN",
                    "origin of " + command.symbol(),
                    command.origin() + " " + command.interval() + " (" + command.description() + ")",
                    "the one it was opened with, " + before.origin() + " " + before.interval() + " ("
                            + before.description() + "), or another data folder");
        }
        return List.of();
    }

    /** An exchange may be reached by another host; another recording or generator is another market. */
    private static boolean differs(MarketOpened before, OpenMarket command) {
        return before.origin() != command.origin()
                || before.interval() != command.interval()
                || (before.origin() != MarketOrigin.EXCHANGE
                        && !before.description().equals(command.description()));
    }

    List<MarketWentLive> decide(GoLive command) {
        if (opened.isEmpty()) {
            throw RefusedException.of("NOT_OPEN", "market of " + command.symbol(), "never opened", "an open market");
        }
        return live ? List.of() : List.of(new MarketWentLive(command.symbol(), command.liveFrom()));
    }

    MarketState evolve(MarketOpened event) {
        return new MarketState(Optional.of(event), live);
    }

    MarketState evolve(MarketWentLive event) {
        return new MarketState(opened, true);
    }
}
