package io.hindcast.api.market;

import java.time.Instant;
import java.util.Optional;

/**
 * Query: one market. Answered by an {@code Optional} of {@link MarketView}, empty if it was never opened.
 *
 * @param asOf market time; empty for now
 */
public record FindMarket(Symbol symbol, Optional<Instant> asOf) {
    /** A query for now. */
    public FindMarket(Symbol symbol) {
        this(symbol, Optional.empty());
    }
}
