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
     * The performance of one version that starts the period flat.
     *
     * @param summary over the predictions that count
     * @param judged the range of bars evaluated; absent if none of the predictions that count has an outcome
     * @param late number of predictions recorded too late to count as live
     */
    public record OfVersion(
            VersionId version, Optional<Slot> slot, PerformanceSummary summary, Optional<Bars> judged, long late) {

        public double profitBeforeFees() {
            return Math.expm1(summary.fromFlat().logReturn());
        }

        /** Returns the profit with a fee taken from the traded amount at each position change. */
        public double profitAfterFees(double feeRate) {
            return Math.expm1(
                    summary.fromFlat().logReturn() + summary.fromFlat().trades() * Math.log1p(-feeRate));
        }
    }
}
