package io.hindcast.ml.tst;

import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;

/**
 * Mean and standard deviation mean of each feature over the training rows. A normalised value is (value − mean) /
 * spread, clipped to ±{@value #LIMIT}; a missing one is 0, the mean.
 *
 * @param mean mean of each feature
 * @param spread standard deviation of each feature, 1 for a constant one, infinite for one that is always missing:
 *     nothing is learned from it, so any later value becomes 0, too
 */
@SuppressWarnings("ArrayRecordComponent") // read by the network as arrays
record Normalisation(float[] mean, float[] spread) {

    static final float LIMIT = 10;
    private static final double LEAST = 1e-8;

    /** Computes mean and spread over the samples' own bars. */
    static Normalisation of(Dataset dataset, RowRange rows) {
        int columns = dataset.columns();
        float[] mean = new float[columns];
        float[] spread = new float[columns];
        for (int c = 0; c < columns; c++) {
            double sum = 0;
            double squares = 0;
            long n = 0;
            for (int row = rows.from(); row < rows.to(); row++) {
                double value = dataset.feature(row, c);
                if (!Double.isNaN(value)) {
                    n++;
                    // Welford, Note on a method for calculating corrected sums of squares and products, 1962
                    double before = value - sum;
                    sum += before / n;
                    squares += before * (value - sum);
                }
            }
            double deviation = n < 2 ? 0 : StrictMath.sqrt(squares / n);
            mean[c] = (float) sum;
            spread[c] = n == 0 ? Float.POSITIVE_INFINITY : deviation > LEAST ? (float) deviation : 1;
        }
        return new Normalisation(mean, spread);
    }
}
