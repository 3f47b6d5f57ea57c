package io.hindcast.ml.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The stationary bootstrap of Politis and Romano (The stationary bootstrap, Journal of the American Statistical
 * Association 89, 1994): a resample is made of blocks of consecutive rows, which begin anywhere with equal probability,
 * have geometrically distributed lengths and continue at the first row after the last. Blocks keep the dependence
 * between neighbouring rows, which resampling single rows would destroy.
 *
 * <p>Statistics are functions of sums over a resample's rows. Each sum of a block is the difference of two prefix sums,
 * so the time taken grows with the number of blocks, not of rows. All series given together share their blocks, which
 * keeps the rows of a pair together.
 *
 * @param meanBlock mean length of a block in rows, 1 or more; 1 resamples single rows
 * @param resamples number of resamples, 1 or more
 * @param seed of the random blocks: the same seed, length and number of rows make the same blocks
 */
public record StationaryBootstrap(double meanBlock, int resamples, long seed) {

    public StationaryBootstrap {
        if (!(meanBlock >= 1) || resamples < 1) {
            throw new IllegalArgumentException(
                    "mean block of " + meanBlock + " rows and " + resamples + " resamples, expected 1 or more of both");
        }
    }

    /**
     * Bounds of a confidence interval.
     *
     * @param low lower bound
     * @param high upper bound, {@code low} or more
     */
    public record Interval(double low, double high) {

        /** Returns whether the interval excludes a value. */
        public boolean excludes(double value) {
            return value < low || value > high;
        }
    }

    /**
     * Returns the sums of each series over the rows of each resample, as {@code [resample][series]}.
     *
     * @param series of one length, 1 or more, in order of time
     */
    public double[][] sums(double[]... series) {
        int rows = series[0].length;
        if (rows == 0 || Arrays.stream(series).anyMatch(one -> one.length != rows)) {
            throw new IllegalArgumentException("series of "
                    + Arrays.stream(series).map(one -> one.length).toList()
                    + " rows, expected the same number in each, 1 or more");
        }
        double[][] prefix = new double[series.length][];
        for (int s = 0; s < series.length; s++) {
            prefix[s] = prefixSums(series[s]);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double goOn = StrictMath.log1p(-1 / meanBlock);
        double[][] sums = new double[resamples][series.length];
        for (double[] sum : sums) {
            int left = rows;
            while (left > 0) {
                int from = random.nextInt(rows);
                // At least 1, and k with probability (1 − 1/L)^(k−1) / L: Devroye, Non-uniform random variate
                // generation, 1986, chapter X.2.
                double drawn = 1 + Math.floor(StrictMath.log(1 - random.nextDouble()) / goOn);
                int length = (int) Math.min(drawn, left);
                left -= length;
                int end = from + length;
                for (int s = 0; s < sum.length; s++) {
                    sum[s] += end <= rows
                            ? prefix[s][end] - prefix[s][from]
                            : prefix[s][rows] - prefix[s][from] + prefix[s][end - rows];
                }
            }
        }
        return sums;
    }

    private static double[] prefixSums(double[] series) {
        double[] sums = new double[series.length + 1];
        for (int i = 0; i < series.length; i++) {
            sums[i + 1] = sums[i] + series[i];
        }
        return sums;
    }

    /**
     * Returns the percentile interval (Efron and Tibshirani, An introduction to the bootstrap, 1993, chapter 13) of a
     * statistic: the quantiles of its values over the resamples, between which lies the given share of them.
     *
     * @param sums as returned by {@link #sums}
     * @param statistic computed from one resample's sums
     * @param confidence above 0 and below 1, such as 0.95
     */
    public static Interval interval(double[][] sums, ToDoubleFunction<double[]> statistic, double confidence) {
        double[] values = Arrays.stream(sums).mapToDouble(statistic).sorted().toArray();
        double tail = (1 - confidence) / 2;
        return new Interval(quantile(values, tail), quantile(values, 1 - tail));
    }

    /** Interpolates linearly between neighbouring values: definition 7 of Hyndman and Fan, 1996. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
