package io.hindcast.api.comparison;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PerformanceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Accuracy and profit of a version by the confidence (the probability of the predicted signal) that a signal needs to
 * be taken. A signal that is not taken leaves the position as it is. The confidences are quantiles of the validation
 * days.
 *
 * @param validation by confidence, the lowest first
 * @param test the later days at the same confidences
 * @param chosen index of the point with the highest profit after fees on the validation days; the lowest confidence
 *     among equals
 * @param bootstrap by which the intervals were made
 */
public record CoverageCurve(
        VersionId version,
        PerformanceKind kind,
        Instant from,
        Instant testFrom,
        Instant to,
        double feeRate,
        List<Point> validation,
        List<Point> test,
        int chosen,
        ComparisonReport.Bootstrap bootstrap) {

    public CoverageCurve {
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /**
     * The signals of at least one confidence.
     *
     * @param confidence least probability of a signal that is taken, 0 to 1
     * @param taken number of signals taken
     * @param coverage share of signals taken, 0 to 1
     * @param accuracy of the signals taken; empty if fewer than 30
     * @param majorityAccuracy of always predicting the most frequent outcome of the same rows; empty if fewer than 30
     * @param profitAfterFees of following only the signals taken, as a fraction
     * @param buyAndHoldProfit of holding over the whole period, as a fraction
     * @param trades position changes
     */
    public record Point(
            double confidence,
            long taken,
            double coverage,
            Optional<Estimate> accuracy,
            Optional<Double> majorityAccuracy,
            Estimate profitAfterFees,
            double buyAndHoldProfit,
            long trades) {}
}
