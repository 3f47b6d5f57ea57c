package io.hindcast.query.comparison;

import io.hindcast.api.comparison.ComparisonReport;
import io.hindcast.api.comparison.Estimate;
import io.hindcast.ml.statistics.StationaryBootstrap;
import io.hindcast.ml.statistics.StationaryBootstrap.Interval;
import java.util.function.ToDoubleFunction;

/** The bootstrap of the comparison's intervals. Its seed is constant, so that the same rows give the same answer. */
final class Resampling {

    static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = 1_000;
    private static final long SEED = 1;

    private Resampling() {}

    /**
     * Returns the bootstrap for some rows. The mean block is ⌈√rows⌉ rows, so that blocks grow longer and more numerous
     * with the period, but not shorter than the horizon, over which outcomes overlap.
     */
    static StationaryBootstrap of(int rows, int horizonBars) {
        return new StationaryBootstrap(Math.max(horizonBars, Math.ceil(StrictMath.sqrt(rows))), RESAMPLES, SEED);
    }

    static ComparisonReport.Bootstrap view(StationaryBootstrap bootstrap) {
        return new ComparisonReport.Bootstrap(
                (int) bootstrap.meanBlock(), bootstrap.resamples(), bootstrap.seed(), CONFIDENCE);
    }

    /** Returns a statistic of the sums over all rows, with its interval over the resamples' sums. */
    static Estimate estimate(double[] whole, double[][] resampled, ToDoubleFunction<double[]> statistic) {
        Interval interval = StationaryBootstrap.interval(resampled, statistic, CONFIDENCE);
        return new Estimate(statistic.applyAsDouble(whole), interval.low(), interval.high());
    }

    static double[] sums(double[]... series) {
        double[] sums = new double[series.length];
        for (int s = 0; s < sums.length; s++) {
            for (double value : series[s]) {
                sums[s] += value;
            }
        }
        return sums;
    }
}
