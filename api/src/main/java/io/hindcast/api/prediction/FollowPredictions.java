package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;

/**
 * Subscription query: what the lanes of a symbol say as it is recorded. Its initial answer is the symbol, its updates
 * are {@link LivePredictions}.
 */
public record FollowPredictions(Symbol symbol) {}
