package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ends the import of history: bars that open at or after {@code liveFrom} are live or repairs. Repeating it changes
 * nothing; the first {@code liveFrom} stays.
 *
 * @param liveFrom open time of the first bar that is not history, market time
 */
public record GoLive(Symbol symbol, Instant liveFrom) {
    @TargetAggregateIdentifier
    public String marketId() {
        return MarketId.of(symbol);
    }
}
