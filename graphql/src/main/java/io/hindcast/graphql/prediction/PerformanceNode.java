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
            Optional<Instant> judgedTo,
            Optional<Past> reconciled,
            Optional<Past> inSample) {}

    record Past(
            long predictions,
            long resolved,
            Optional<Double> accuracy,
            Optional<Double> majorityAccuracy,
            double profitBeforeFees,
            double profitAfterFees,
            long trades,
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
        PerformanceReport.Part lane = version.lane();
        PerformanceSummary s = lane.summary();
        return new OfVersion(
                version.version(),
                version.slot(),
                s.predictions(),
                s.resolved(),
                s.signals().buy(),
                s.signals().hold(),
                s.signals().sell(),
                accuracy(s),
                majorityAccuracy(s),
                lane.profitBeforeFees(),
                lane.profitAfterFees(feeRate),
                s.fromFlat().trades(),
                version.late(),
                lane.judged().map(PerformanceReport.Bars::first),
                lane.judged().map(PerformanceReport.Bars::last),
                version.reconciled().map(part -> past(part, feeRate)),
                version.inSample().map(part -> past(part, feeRate)));
    }

    private static Past past(PerformanceReport.Part part, double feeRate) {
        PerformanceSummary s = part.summary();
        return new Past(
                s.predictions(),
                s.resolved(),
                accuracy(s),
                majorityAccuracy(s),
                part.profitBeforeFees(),
                part.profitAfterFees(feeRate),
                s.fromFlat().trades(),
                part.judged().map(PerformanceReport.Bars::first),
                part.judged().map(PerformanceReport.Bars::last));
    }

    private static Optional<Double> accuracy(PerformanceSummary s) {
        return share(s.correct(), s.resolved());
    }

    private static Optional<Double> majorityAccuracy(PerformanceSummary s) {
        return share(s.outcomes().largest(), s.resolved());
    }

    private static Optional<Double> share(long part, long whole) {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }
}
