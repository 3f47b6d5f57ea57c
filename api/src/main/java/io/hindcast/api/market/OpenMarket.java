package io.hindcast.api.market;

import io.hindcast.api.WellFormedText;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Requests that a market be followed. Repeating it with the same content changes nothing; with another origin it is
 * refused, since bars of different origins must never share a log.
 *
 * @param description source of the bars, for people: a host, a file and its digest, a generator and its seed
 * @param openedAt market time
 */
public record OpenMarket(Symbol symbol, Interval interval, MarketOrigin origin, String description, Instant openedAt) {
    public OpenMarket {
        description = WellFormedText.of(description);
    }

    @TargetAggregateIdentifier
    public String marketId() {
        return MarketId.of(symbol);
    }
}
