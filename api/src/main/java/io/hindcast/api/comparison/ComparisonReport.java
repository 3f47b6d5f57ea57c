package io.hindcast.api.comparison;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PerformanceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A comparison of two versions on the bars that both predicted, or of one version in two periods. Differences are the
 * first less the other.
 *
 * @param feeRate fraction of the traded amount per trade
 * @param agreement empty if two periods are compared: they have no bars in common
 * @param scores difference of scores; empty if the two predict different outcomes (horizon or threshold)
 * @param profit difference of the profits after fees, as fractions
 * @param bootstrap by which the intervals were made
 */
public record ComparisonReport(
        Side first,
        Side other,
        double feeRate,
        Optional<Agreement> agreement,
        Optional<ScoreDifference> scores,
        Estimate profit,
        Bootstrap bootstrap) {

    /**
     * One of the two that are compared. Trading starts flat: BUY goes long, SELL goes flat, HOLD keeps the position; a
     * long position earns the return to the next close.
     *
     * @param from start of its period
     * @param to end of its period, exclusive
     * @param predictions predictions of the kind in the period, whether or not they were compared
     * @param accuracy the accuracy of {@code scores}
     * @param profitBeforeFees return of following the signals, as a fraction
     * @param profitAfterFees the same after fees
     * @param trades position changes
     */
    public record Side(
            VersionId version,
            PerformanceKind kind,
            Instant from,
            Instant to,
            long predictions,
            Scores scores,
            Estimate accuracy,
            double profitBeforeFees,
            Estimate profitAfterFees,
            long trades,
            BaselineScores baselines) {}

    /**
     * Signals and hits of both versions on the same bars.
     *
     * @param signals bars by the first version's signal (row) and the other's (column), in the order SELL, HOLD, BUY
     * @param bothRight bars on which both signals were right
     * @param onlyFirst bars on which only the first was right
     * @param onlyOther bars on which only the other was right
     * @param bothWrong bars on which both were wrong
     */
    public record Agreement(List<List<Long>> signals, long bothRight, long onlyFirst, long onlyOther, long bothWrong) {
        public Agreement {
            signals = signals.stream().map(List::copyOf).toList();
        }

        /** Returns the number of bars with the same signal. */
        public long same() {
            return signals.get(0).get(0)
                    + signals.get(1).get(1)
                    + signals.get(2).get(2);
        }
    }

    /**
     * Differences of scores, the first less the other.
     *
     * @param tests empty if two periods are compared: their rows are not paired
     */
    public record ScoreDifference(Estimate accuracy, Estimate logLoss, Estimate brier, Optional<Tests> tests) {}

    /**
     * Paired tests.
     *
     * @param mcNemarExact whether McNemar's p-value is the exact one of the binomial distribution
     * @param mcNemar two-sided p-value of being right equally often, 0 to 1
     * @param dieboldMariano two-sided p-value of the same expected log loss, 0 to 1; 1 if there is no difference at all
     * @param lag lag of the Newey–West variance in rows
     */
    public record Tests(boolean mcNemarExact, double mcNemar, double dieboldMariano, int lag) {}

    /**
     * The stationary bootstrap of Politis and Romano (1994) with percentile intervals.
     *
     * @param meanBlock mean length of a block in rows: the greater of ⌈√rows⌉ and the horizon
     * @param resamples number of resamples
     * @param seed of the blocks: the same rows give the same intervals
     * @param confidence of the intervals
     */
    public record Bootstrap(int meanBlock, int resamples, long seed, double confidence) {}
}
