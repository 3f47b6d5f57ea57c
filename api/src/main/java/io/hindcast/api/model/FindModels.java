package io.hindcast.api.model;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: the models of a symbol. Answered by {@link ModelViews}.
 *
 * @param asOf market time; empty for now
 */
public record FindModels(Symbol symbol, Optional<Instant> asOf) {
    /** A query for now. */
    public FindModels(Symbol symbol) {
        this(symbol, Optional.empty());
    }
}
