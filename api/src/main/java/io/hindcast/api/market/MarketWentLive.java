package io.hindcast.api.market;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** History is complete up to {@code liveFrom}; bars from there on are known when recorded. */
@Revision("1")
public record MarketWentLive(Symbol symbol, Instant liveFrom) implements MarketEvent {}
