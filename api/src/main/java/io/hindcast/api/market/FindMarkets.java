package io.hindcast.api.market;

/** Query: all markets, by symbol. Answered by {@link MarketViews}. */
public record FindMarkets() {}
