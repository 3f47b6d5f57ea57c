package io.hindcast.api.market;

/** Query: one market. Answered by an {@code Optional} of {@link MarketView}, empty if it was never opened. */
public record FindMarket(Symbol symbol) {}
