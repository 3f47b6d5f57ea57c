package io.hindcast.ml.train;

import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;
import java.util.Arrays;

/**
 * Rows on which engines are compared: dataset rows at even distances, then the same with features missing, among them all
 * of them. A function of the dataset alone.
 */
final class SampleRows {

    /** Patterns of missing features: all; every second, third and fifth; none from the middle on. */
    private static final int MISSING_PATTERNS = 5;

    private SampleRows() {}

    /** {@code real} rows or as many as there are, and up to {@code missing} more with features missing, row-major. */
    static double[] of(Dataset dataset, int real, int missing) {
        int columns = dataset.columns();
        int rows = Math.min(real, dataset.rows());
        int altered = Math.min(missing, rows);
        double[] sample = new double[(rows + altered) * columns];
        for (int i = 0; i < rows; i++) {
            int row = rows == 1 ? 0 : (int) ((long) i * (dataset.rows() - 1) / (rows - 1));
            System.arraycopy(dataset.matrix(new RowRange(row, row + 1)), 0, sample, i * columns, columns);
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
