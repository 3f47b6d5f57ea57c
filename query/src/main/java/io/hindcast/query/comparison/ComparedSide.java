package io.hindcast.query.comparison;

import static io.hindcast.query.comparison.Trading.profit;

import io.hindcast.api.comparison.BaselineScores;
import io.hindcast.api.comparison.ComparisonReport;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.evaluate.ScoreTally;
import java.time.Instant;
import java.util.stream.IntStream;

/** One side of a comparison: its compared rows, and what trading them gave. */
record ComparedSide(
        ComparedVersion version,
        PerformanceKind kind,
        Instant from,
        Instant to,
        PredictedBars bars,
        Closes closes,
        Trading trading,
        double feeRate) {

    /** Positions in {@link #series}. */
    static final int RIGHT = 0;

    static final int LOG_LOSS = 1;
    static final int BRIER = 2;
    static final int GAIN = 3;
    static final int SERIES = 4;

    static ComparedSide of(
            ComparedVersion version,
            PerformanceKind kind,
            Instant from,
            Instant to,
            PredictedBars bars,
            Closes closes,
            double feeRate) {
        Trading trading = Trading.follow(bars, closes, feeRate, bars::signal);
        return new ComparedSide(version, kind, from, to, bars, closes, trading, feeRate);
    }

    /** Returns hits, log losses, Brier scores and logarithmic gains after fees, row by row. */
    double[][] series() {
        IntStream rows = IntStream.range(0, bars.size());
        double[][] series = new double[SERIES][bars.size()];
        rows.forEach(row -> {
            series[RIGHT][row] = bars.right(row) ? 1 : 0;
            series[LOG_LOSS][row] = bars.logLoss(row);
            series[BRIER][row] = bars.brier(row);
        });
        series[GAIN] = trading.afterFees();
        return series;
    }

    /**
     * Returns the side's scores.
     *
     * @param whole sums of its series over all rows
     * @param resampled the same of each resample
     */
    ComparisonReport.Side view(double[] whole, double[][] resampled) {
        int rows = bars.size();
        ScoreTally tally = bars.tally();
        return new ComparisonReport.Side(
                version.version(),
                kind,
                from,
                to,
                bars.predictions(),
                tally.scores(),
                Resampling.estimate(whole, resampled, sums -> sums[RIGHT] / rows),
                trading.profitBeforeFees(),
                Resampling.estimate(whole, resampled, sums -> profit(sums[GAIN])),
                trading.trades(),
                baselines(tally));
    }

    private BaselineScores baselines(ScoreTally tally) {
        Signal majority = tally.majority();
        ScoreTally always = new ScoreTally();
        ScoreTally previous = new ScoreTally();
        for (int row = 0; row < bars.size(); row++) {
            add(always, majority, bars.outcome(row));
            add(previous, closes.sign(bars.minute(row)), bars.outcome(row));
        }
        return new BaselineScores(
                always.scores().accuracy(),
                always.scores().macroF1(),
                previous.scores().accuracy(),
                previous.scores().macroF1(),
                tally.constantLogLoss(),
                tally.constantBrier(),
                Trading.follow(bars, closes, feeRate, row -> closes.sign(bars.minute(row)))
                        .profitAfterFees(),
                Trading.follow(bars, closes, feeRate, row -> Signal.BUY).profitAfterFees());
    }

    /** Adds a signal without probabilities; only accuracy and macro-F1 of such a tally have a meaning. */
    private static void add(ScoreTally tally, Signal signal, Signal outcome) {
        double[] certain = new double[Signal.CLASSES.size()];
        certain[signal.classIndex()] = 1;
        tally.add(signal, outcome, certain, 0);
    }
}
