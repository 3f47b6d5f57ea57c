package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A market is followed from now on.
 *
 * @param openedAt market time
 */
@Revision("1")
public record MarketOpened(Symbol symbol, Interval interval, MarketOrigin origin, String description, Instant openedAt)
        implements MarketEvent {}
