package io.hindcast.api.model;

import io.hindcast.api.market.Symbol;

/** Query: the models of a symbol. Answered by {@link ModelViews}. */
public record FindModels(Symbol symbol) {}
