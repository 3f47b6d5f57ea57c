package io.hindcast.api.market;

import java.time.Instant;
import java.util.Optional;

/**
 * Query: all markets, by symbol. Answered by {@link MarketViews}.
 *
 * @param asOf market time; empty for now
 */
public record FindMarkets(Optional<Instant> asOf) {
    /** A query for now. */
    public FindMarkets() {
        this(Optional.empty());
    }
}
