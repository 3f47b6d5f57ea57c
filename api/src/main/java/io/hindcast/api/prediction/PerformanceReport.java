package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The performance of versions in a period.
 *
 * @param buyAndHold return of buying at the first and selling at the last close of the period, after two fees
 */
public record PerformanceReport(
        Symbol symbol,
        Instant from,
        Instant to,
        double feeRate,
        Optional<Double> buyAndHold,
        List<OfVersion> versions) {

    public PerformanceReport {
        versions = List.copyOf(versions);
    }

    /**
     * A range of bars.
     *
     * @param first open time of the first of them
     * @param last open time of the last
     */
    public record Bars(Instant first, Instant last) {}

    /**
     * The performance over predictions of one kind; trading starts the period flat.
     *
     * @param summary over the predictions
     * @param judged the range of bars evaluated; absent if none of the predictions has an outcome
     */
    public record Part(PerformanceSummary summary, Optional<Bars> judged) {

        /** The part of no predictions. */
        public static final Part NONE = new Part(PerformanceSummary.NONE, Optional.empty());

        /** Returns the part of this period and the one directly after it. */
        public Part then(Part next) {
            Optional<Bars> both = judged.flatMap(bars -> next.judged.map(after -> new Bars(bars.first, after.last)))
                    .or(() -> judged)
                    .or(() -> next.judged);
            return new Part(summary.then(next.summary), both);
        }

        public double profitBeforeFees() {
            return Math.expm1(summary.fromFlat().logReturn());
        }

        /** Returns the profit with a fee taken from the traded amount at each position change. */
        public double profitAfterFees(double feeRate) {
            return Math.expm1(
                    summary.fromFlat().logReturn() + summary.fromFlat().trades() * Math.log1p(-feeRate));
        }
    }

    /**
     * The performance of one version, by kinds of predictions that are never mixed.
     *
     * @param lane of the version's lane, out of sample: the live predictions, or the late ones too
     * @param reconciled computed from the log afterwards, out of sample; absent without such predictions
     * @param inSample of bars that the version has seen, however they were made; absent without such predictions
     * @param late number of the lane's predictions recorded too late to count as live
     */
    public record OfVersion(
            VersionId version,
            Optional<Slot> slot,
            Part lane,
            Optional<Part> reconciled,
            Optional<Part> inSample,
            long late) {}
}
