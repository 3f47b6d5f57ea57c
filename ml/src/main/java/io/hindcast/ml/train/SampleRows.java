package io.hindcast.ml.train;

import io.hindcast.ml.dataset.Samples;
import java.util.Arrays;

/**
 * Sample of rows on which engines are compared: evenly spaced rows of a dataset, then some of them with missing values.
 * A function of the dataset alone.
 *
 * @param real number of rows, or as many as there are
 * @param missing most rows with missing values ({@code NaN}); 0 where there is no such thing, as in texts
 */
public record SampleRows(int real, int missing) {

    /** Number of patterns of missing values: all; every second, third and fifth; all from the middle on. */
    private static final int MISSING_PATTERNS = 5;

    /** Returns the rows, one after the other. */
    public double[] of(Samples samples) {
        int columns = samples.inputs();
        int rows = Math.min(real, samples.rows());
        int altered = Math.min(missing, rows);
        double[] sample = new double[(rows + altered) * columns];
        for (int i = 0; i < rows; i++) {
            int row = rows == 1 ? 0 : (int) ((long) i * (samples.rows() - 1) / (rows - 1));
            samples.read(row, sample, i * columns);
        }
        for (int i = 0; i < altered; i++) {
            int from = (rows + i) * columns;
            System.arraycopy(sample, (rows - 1 - i) * columns, sample, from, columns);
            switch (i % MISSING_PATTERNS) {
                case 0 -> Arrays.fill(sample, from, from + columns, Double.NaN);
                case 1 -> dropEvery(2, sample, from, columns);
                case 2 -> dropEvery(3, sample, from, columns);
                case 3 -> dropEvery(5, sample, from, columns);
                default -> Arrays.fill(sample, from + columns / 2, from + columns, Double.NaN);
            }
        }
        return sample;
    }

    private static void dropEvery(int n, double[] sample, int from, int columns) {
        for (int c = 0; c < columns; c += n) {
            sample[from + c] = Double.NaN;
        }
    }
}
