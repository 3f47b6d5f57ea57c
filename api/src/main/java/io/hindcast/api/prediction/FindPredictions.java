package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: recorded predictions of bars that open from {@code from} up to and not including {@code to}, oldest first.
 * Answered by {@link PredictionPage}.
 *
 * @param version only predictions of this version
 * @param asOf only predictions recorded by then, with the outcomes known by then; market time
 * @param first predictions wanted at most, 1 to 2000
 * @param after cursor of the last one seen
 */
public record FindPredictions(
        Symbol symbol,
        Optional<VersionId> version,
        Instant from,
        Instant to,
        Optional<Instant> asOf,
        int first,
        Optional<String> after) {}
