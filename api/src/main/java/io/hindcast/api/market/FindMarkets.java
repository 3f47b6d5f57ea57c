package io.hindcast.api.market;

/** Query: all markets, by symbol. Answered by {@link Markets}. */
public record FindMarkets() {}
