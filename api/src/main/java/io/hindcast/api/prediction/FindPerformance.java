package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: the performance of each version that predicted bars from {@code from} up to and not including {@code to}.
 * Answered by {@link PerformanceReport}.
 *
 * @param feeRate fraction of the traded amount per trade, from 0 to below 1
 * @param includeLate whether predictions of a lane count that were recorded after their outcome became partly visible.
 *     Those computed from the log, and those of bars in sample, are always apart
 * @param asOf market time; empty for now
 */
public record FindPerformance(
        Symbol symbol, Instant from, Instant to, double feeRate, boolean includeLate, Optional<Instant> asOf) {
    /** A query for now. */
    public FindPerformance(Symbol symbol, Instant from, Instant to, double feeRate, boolean includeLate) {
        this(symbol, from, to, feeRate, includeLate, Optional.empty());
    }
}
