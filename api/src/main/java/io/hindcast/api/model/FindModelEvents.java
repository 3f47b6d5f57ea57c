package io.hindcast.api.model;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: the history of a symbol's models, latest first in the order of recording. Answered by {@link ModelEventPage}.
 *
 * @param family only that family's model; empty for all
 * @param version only events of that version; empty for all
 * @param first length of a page, 1 to 200
 * @param after cursor of the previous page's last entry
 * @param asOf market time; empty for now
 */
public record FindModelEvents(
        Symbol symbol,
        Optional<ModelFamily> family,
        Optional<VersionId> version,
        int first,
        Optional<String> after,
        Optional<Instant> asOf) {
    /** A query for now. */
    public FindModelEvents(
            Symbol symbol,
            Optional<ModelFamily> family,
            Optional<VersionId> version,
            int first,
            Optional<String> after) {
        this(symbol, family, version, first, after, Optional.empty());
    }
}
