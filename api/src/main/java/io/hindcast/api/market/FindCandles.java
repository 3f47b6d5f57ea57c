package io.hindcast.api.market;

import java.time.Instant;
import java.util.Optional;

/**
 * Query: the candles that open from {@code from} up to and not including {@code to}, for a chart. Answered by
 * {@link CandleSeries}.
 *
 * @param maxPoints buckets wanted at most, 1 to 5000; those at the edges are whole
 * @param asOf market time; empty for now
 */
public record FindCandles(Symbol symbol, Instant from, Instant to, int maxPoints, Optional<Instant> asOf) {
    /** A query for now. */
    public FindCandles(Symbol symbol, Instant from, Instant to, int maxPoints) {
        this(symbol, from, to, maxPoints, Optional.empty());
    }
}
