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

    /** Returns the sums of each series over the rows of each resample, as {@link Blocks#sums} does. */
    public double[][] sums(double[]... series) {
        return blocks(series[0].length).sums(series);
    }

    /**
     * Draws the blocks of all resamples.
     *
     * @param rows number of rows of each resample, 1 or more
     */
    public Blocks blocks(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException(rows + " rows, expected 1 or more");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double goOn = StrictMath.log1p(-1 / meanBlock);
        int[][] blocks = new int[resamples][];
        for (int r = 0; r < resamples; r++) {
            int[] drawn = new int[64];
            int size = 0;
            for (int left = rows; left > 0; left -= drawn[size - 1]) {
                if (size == drawn.length) {
                    drawn = Arrays.copyOf(drawn, 2 * size);
                }
                drawn[size++] = random.nextInt(rows);
                // At least 1, and k with probability (1 − 1/L)^(k−1) / L: Devroye, Non-uniform random variate
                // generation, 1986, chapter X.2.
                double length = 1 + Math.floor(StrictMath.log(1 - random.nextDouble()) / goOn);
                drawn[size++] = (int) Math.min(length, left);
            }
            blocks[r] = Arrays.copyOf(drawn, size);
        }
        return new Blocks(rows, blocks);
    }

    /** The blocks of all resamples, from which any number of series can be resampled. Immutable. */
    public static final class Blocks {

        private final int rows;
        /** Start and length of each block, by resample. */
        private final int[][] blocks;

        private Blocks(int rows, int[][] blocks) {
            this.rows = rows;
            this.blocks = blocks;
        }

        /**
         * Returns the sums of each series over the rows of each resample, as {@code [resample][series]}.
         *
         * @param series in order of time, each of the rows for which the blocks were drawn
         */
        public double[][] sums(double[]... series) {
            if (Arrays.stream(series).anyMatch(one -> one.length != rows)) {
                throw new IllegalArgumentException("series of "
                        + Arrays.stream(series).map(one -> one.length).toList() + " rows, expected " + rows
                        + " in each");
            }
            double[][] sums = new double[blocks.length][series.length];
            for (int s = 0; s < series.length; s++) {
                double[] prefix = prefixSums(series[s]);
                for (int r = 0; r < sums.length; r++) {
                    sums[r][s] = sum(prefix, blocks[r]);
                }
            }
            return sums;
        }

        private double sum(double[] prefix, int[] of) {
            double sum = 0;
            for (int b = 0; b < of.length; b += 2) {
                int from = of[b];
                int end = from + of[b + 1];
                sum += end <= rows ? prefix[end] - prefix[from] : prefix[rows] - prefix[from] + prefix[end - rows];
            }
            return sum;
        }
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
