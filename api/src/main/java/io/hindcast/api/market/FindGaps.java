package io.hindcast.api.market;

import java.time.Instant;
import java.util.Optional;

/**
 * Query: detected gaps, newest first. Answered by {@link GapPage}.
 *
 * @param first gaps wanted at most, 1 to 500
 * @param after cursor of the last one seen
 * @param asOf market time; empty for now
 */
public record FindGaps(Symbol symbol, int first, Optional<String> after, Optional<Instant> asOf) {
    /** A query for now. */
    public FindGaps(Symbol symbol, int first, Optional<String> after) {
        this(symbol, first, after, Optional.empty());
    }
}
