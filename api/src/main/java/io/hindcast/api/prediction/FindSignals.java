package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;
import java.time.Instant;

/**
 * Query: signals of each live version, counted over the buckets that {@code FindCandles} uses for the same arguments.
 * Answered by {@link SignalChart}.
 */
public record FindSignals(Symbol symbol, Instant from, Instant to, int maxPoints) {}
