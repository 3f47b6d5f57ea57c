package io.hindcast.api.comparison;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PerformanceKind;
import java.time.LocalDate;
import java.util.List;

/**
 * The scores of a version over windows of whole UTC days, the earliest first. Kinds of predictions are never mixed.
 *
 * @param days length of a window in days
 * @param feeRate fraction of the traded amount per trade
 */
public record RollingScores(VersionId version, int days, double feeRate, List<Series> series) {

    public RollingScores {
        series = List.copyOf(series);
    }

    /**
     * The windows of one kind of predictions.
     *
     * @param windows those with any scored prediction on their last day
     */
    public record Series(PerformanceKind kind, List<Window> windows) {
        public Series {
            windows = List.copyOf(windows);
        }
    }

    /**
     * One window. The profit is that of the period's trading within the window, with the position carried over from the
     * window before.
     *
     * @param lastDay its last day; days without predictions add nothing
     * @param profitAfterFees as a fraction
     * @param buyAndHoldProfit change of the price over the same bars without fees, as a fraction
     * @param majorityAccuracy of always predicting the window's most frequent outcome
     * @param constantLogLoss of predicting the frequencies of the window's outcomes
     */
    public record Window(
            LocalDate lastDay,
            Scores scores,
            double majorityAccuracy,
            double constantLogLoss,
            double profitAfterFees,
            double buyAndHoldProfit) {}
}
