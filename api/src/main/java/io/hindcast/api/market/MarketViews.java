package io.hindcast.api.market;

import java.util.List;

/** All markets, by symbol. */
public record MarketViews(List<MarketView> markets) {
    public MarketViews {
        markets = List.copyOf(markets);
    }
}
