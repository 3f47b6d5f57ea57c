package io.hindcast.feeds.market;

import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is followed, and how much of its past.
 *
 * @param from open time of the first bar of history; without it {@code historyDays} before going live
 * @param liveFrom where a simulated market goes live on its first start, empty on the exchange itself: as soon as
 *     possible
 * @param direct supplies that history comes from without going through REST, by symbol; usually none
 */
public record FeedPlan(
        List<Market> markets,
        Optional<Instant> from,
        int historyDays,
        Optional<Instant> liveFrom,
        Map<Symbol, PastCandleSource> direct) {

    /** One symbol, and where its bars come from, as {@code OpenMarket} wants it. */
    public record Market(Symbol symbol, MarketOrigin origin, String description) {}
}
