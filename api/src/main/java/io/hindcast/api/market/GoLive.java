package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ends the import of history: bars that open at or after {@code liveFrom} come live or as repairs. Idempotent; the
 * first one holds for ever.
 *
 * @param liveFrom open time of the first bar that is not history, market time
 */
public record GoLive(Symbol symbol, Instant liveFrom) {
    @TargetAggregateIdentifier
    public String marketId() {
        return MarketId.of(symbol);
    }
}
