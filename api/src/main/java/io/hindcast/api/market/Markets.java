package io.hindcast.api.market;

import java.util.List;

/** All markets, by symbol. */
public record Markets(List<MarketView> markets) {
    public Markets {
        markets = List.copyOf(markets);
    }
}
