package io.hindcast.api.comparison;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PerformanceKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: two versions on the bars that both predicted, or one version in two periods. Answered by
 * {@link ComparisonReport}.
 *
 * @param other the same version as {@code version} only with {@code otherFrom}
 * @param from earliest open time
 * @param to end of the open times, exclusive, at most {@link #MAX_DAYS} days after {@code from}
 * @param otherFrom start of the other period, which is as long as the first and does not overlap it; empty to compare
 *     two versions on the same bars
 * @param kind kind of the first version's predictions
 * @param otherKind kind of the other's
 * @param feeRate fraction of the traded amount per trade, from 0 to below 1
 * @param asOf only predictions recorded by then, with the outcomes and closes known by then; market time
 */
public record FindComparison(
        VersionId version,
        VersionId other,
        Instant from,
        Instant to,
        Optional<Instant> otherFrom,
        PerformanceKind kind,
        PerformanceKind otherKind,
        double feeRate,
        Optional<Instant> asOf) {

    /** Longest period of any query of this package, in days. */
    public static final int MAX_DAYS = 366;
}
