package io.hindcast.api.market;

/**
 * Subscription query: each candle of a symbol as it is recorded, live and repaired. Its initial answer is the symbol,
 * its updates are {@link LiveCandle}s.
 */
public record FollowCandles(Symbol symbol) {}
