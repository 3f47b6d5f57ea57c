package io.hindcast.feeds.market;

import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Markets to follow and how much of their past to import.
 *
 * @param from open time of the first bar of history; without it {@code historyDays} before going live
 * @param liveFrom market time at which a simulated market goes live on its first start; empty on a real exchange, where
 *     it is the time of the start
 * @param directSources sources of history that bypass REST, by symbol; usually none
 */
public record FeedPlan(
        List<Market> markets,
        Optional<Instant> from,
        int historyDays,
        Optional<Instant> liveFrom,
        Map<Symbol, PastCandleSource> directSources) {

    /**
     * A symbol and the origin of its bars, as {@code OpenMarket} records them.
     *
     * @param description of the origin, for people
     */
    public record Market(Symbol symbol, MarketOrigin origin, String description) {}
}
