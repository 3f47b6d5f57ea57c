package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;

/**
 * Subscription query: predictions of a symbol's lanes as they are recorded. Its initial answer is the symbol, its
 * updates are {@link LivePredictions}.
 */
public record FollowPredictions(Symbol symbol) {}
