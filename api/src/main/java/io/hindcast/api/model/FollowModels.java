package io.hindcast.api.model;

import io.hindcast.api.market.Symbol;

/**
 * Subscription query: changes of a symbol's versions, slots, training and audits. Its initial answer is the symbol, its
 * updates are {@link ModelChange}s.
 */
public record FollowModels(Symbol symbol) {}
