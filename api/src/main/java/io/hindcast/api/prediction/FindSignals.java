package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: signals of each live version, counted over the buckets that {@code FindCandles} uses for the same arguments.
 * Answered by {@link SignalChart}.
 *
 * @param asOf market time; empty for now
 */
public record FindSignals(Symbol symbol, Instant from, Instant to, int maxPoints, Optional<Instant> asOf) {
    /** A query for now. */
    public FindSignals(Symbol symbol, Instant from, Instant to, int maxPoints) {
        this(symbol, from, to, maxPoints, Optional.empty());
    }
}
