package io.hindcast.api.comparison;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PerformanceKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: accuracy and profit of a version when only signals of at least some confidence are taken. Answered by
 * {@link CoverageCurve}.
 *
 * @param from earliest open time of the validation days
 * @param testFrom end of the validation days and start of the later ones, by which the chosen confidence is judged
 * @param to end of the later days, exclusive
 * @param feeRate fraction of the traded amount per trade, from 0 to below 1
 * @param asOf only predictions recorded by then, with the outcomes and closes known by then; market time
 */
public record FindCoverage(
        VersionId version,
        Instant from,
        Instant testFrom,
        Instant to,
        PerformanceKind kind,
        double feeRate,
        Optional<Instant> asOf) {}
