package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;
import java.time.Instant;

/**
 * Query: how each version that predicted about bars from {@code from} up to and not including {@code to} did. Answered
 * by {@link PerformanceReport}.
 *
 * @param feeRate fraction of the traded amount per trade, from 0 to below 1
 * @param includeLate whether predictions count that were recorded after their outcome began to show
 */
public record FindPerformance(Symbol symbol, Instant from, Instant to, double feeRate, boolean includeLate) {}
