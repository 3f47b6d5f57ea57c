package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: training cycles of a symbol, newest first. Answered by {@link TrainingCyclePage}.
 *
 * @param first cycles wanted at most, 1 to 200
 * @param after cursor of the last one received
 * @param asOf market time; empty for now
 */
public record FindTrainingCycles(Symbol symbol, int first, Optional<String> after, Optional<Instant> asOf) {
    /** A query for now. */
    public FindTrainingCycles(Symbol symbol, int first, Optional<String> after) {
        this(symbol, first, after, Optional.empty());
    }
}
