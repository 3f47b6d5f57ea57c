package io.hindcast.api.model;

import io.hindcast.api.market.Symbol;

/**
 * Subscription query: that something changed about a symbol's versions, slots or training. Its initial answer is the
 * symbol, its updates are {@link ModelChange}s.
 */
public record FollowModels(Symbol symbol) {}
