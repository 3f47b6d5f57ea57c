package io.hindcast.api.market;

/** Query: all markets, by symbol. Answered by a list of {@link MarketView}. */
public record FindMarkets() {}
