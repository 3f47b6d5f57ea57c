package io.hindcast.api.market;

import java.time.Instant;

/**
 * Query: the candles that open from {@code from} up to and not including {@code to}, for a chart. Answered by
 * {@link CandleSeries}.
 *
 * @param maxPoints buckets wanted at most, 1 to 5000; those at the edges are whole
 */
public record FindCandles(Symbol symbol, Instant from, Instant to, int maxPoints) {}
