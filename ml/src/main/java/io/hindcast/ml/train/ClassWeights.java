package io.hindcast.ml.train;

import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import java.util.Arrays;

/** Weights of rows by their outcome. */
public final class ClassWeights {

    private ClassWeights() {}

    /**
     * Returns the weight of a row of each class, in class order; the mean weight of all rows is 1.
     *
     * @param rows training rows
     * @param balance a row of class c weighs (rows / (3 · rows of c)) to this power: 0 weighs all rows equally, 1 makes
     *     the classes equal
     * @throws IllegalArgumentException if a class has no row
     */
    public static double[] of(Samples samples, RowRange rows, double balance) {
        int[] counts = samples.outcomeCounts(rows);
        double[] weights = new double[counts.length];
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                throw new IllegalArgumentException("the " + rows.size() + " rows to train on have no "
                        + Signal.ofClass(c) + " among their outcomes (SELL, HOLD, BUY: " + Arrays.toString(counts)
                        + "), expected some of each: train on more of them or change the label's threshold");
            }
            weights[c] = StrictMath.pow(rows.size() / (3.0 * counts[c]), balance);
            sum += weights[c] * counts[c];
        }
        for (int c = 0; c < weights.length; c++) {
            weights[c] *= rows.size() / sum;
        }
        return weights;
    }
}
