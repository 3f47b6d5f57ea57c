package io.hindcast.graphql.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PerformanceSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The schema's {@code PerformanceReport}. */
record PerformanceNode(
        Symbol symbol,
        Instant from,
        Instant to,
        double feeRate,
        Optional<Double> buyAndHold,
        List<OfVersion> versions) {

    record OfVersion(
            VersionId version,
            Optional<Slot> slot,
            long predictions,
            long resolved,
            long buy,
            long hold,
            long sell,
            Optional<Double> accuracy,
            Optional<Double> majorityAccuracy,
            double profitBeforeFees,
            double profitAfterFees,
            long trades,
            long late,
            Optional<Instant> judgedFrom,
            Optional<Instant> judgedTo) {}

    static PerformanceNode of(PerformanceReport report) {
        return new PerformanceNode(
                report.symbol(),
                report.from(),
                report.to(),
                report.feeRate(),
                report.buyAndHold(),
                report.versions().stream()
                        .map(version -> of(version, report.feeRate()))
                        .toList());
    }

    private static OfVersion of(PerformanceReport.OfVersion version, double feeRate) {
        PerformanceSummary s = version.summary();
        long majority = s.outcomes().largest();
        return new OfVersion(
                version.version(),
                version.slot(),
                s.predictions(),
                s.resolved(),
                s.signals().buy(),
                s.signals().hold(),
                s.signals().sell(),
                share(s.correct(), s.resolved()),
                share(majority, s.resolved()),
                version.profitBeforeFees(),
                version.profitAfterFees(feeRate),
                s.fromFlat().trades(),
                version.late(),
                version.judged().map(PerformanceReport.Bars::first),
                version.judged().map(PerformanceReport.Bars::last));
    }

    private static Optional<Double> share(long part, long whole) {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }
}
