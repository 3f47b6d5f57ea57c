package io.hindcast.api.market;

import org.axonframework.serialization.Revision;

/** A market is followed from now on. */
@Revision("1")
public record MarketOpened(Symbol symbol, Interval interval, MarketOrigin origin, String description)
        implements MarketEvent {}
