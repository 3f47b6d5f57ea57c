package io.hindcast.ml.dataset;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.prediction.Signal;

/**
 * Samples on which a family is trained and evaluated, in ascending order of time, each with a row (the model's input as
 * numbers) and an outcome. Implementations are immutable and thread-safe.
 */
public interface Samples extends SampleTimes {

    /** Returns name and hash of the rule that makes the rows. */
    FeatureSetRef source();

    /**
     * Returns the SHA-256, 64 hexadecimal digits, over everything that a training or an evaluation can read of these
     * samples.
     */
    String digest();

    /** Returns the length of a row, 1 or more, the same for all. */
    int inputs();

    /** Writes the row of a sample into {@code out}, from index {@code at} on. */
    void read(int row, double[] out, int at);

    /** Returns the outcome of a sample. */
    Signal outcome(int row);

    /** Returns the return of a long position from this sample until the next one can act, as a fraction. */
    double nextReturn(int row);

    /** Returns the last change before this sample, as a fraction; {@code NaN} if there is none. */
    double previousReturn(int row);

    /**
     * Returns the rows whose time is from {@code from} to {@code to}, epoch milliseconds, both inclusive; may be empty.
     */
    default RowRange rowsBetween(long from, long to) {
        int first = firstRowNotBefore(from);
        return new RowRange(first, Math.max(first, firstRowNotBefore(to + 1)));
    }

    /** Returns the first row whose time is at or after a moment, epoch milliseconds; {@link #rows} if there is none. */
    default int firstRowNotBefore(long moment) {
        int low = 0;
        int high = rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) < moment) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the rows, one after the other, a copy. */
    default double[] matrix(RowRange rows) {
        double[] copy = new double[Math.multiplyExact(rows.size(), inputs())];
        for (int row = rows.from(); row < rows.to(); row++) {
            read(row, copy, (row - rows.from()) * inputs());
        }
        return copy;
    }

    /** Returns the count of each outcome among these rows, in class order. */
    default int[] outcomeCounts(RowRange rows) {
        int[] counts = new int[Signal.CLASSES.size()];
        for (int row = rows.from(); row < rows.to(); row++) {
            counts[outcome(row).classIndex()]++;
        }
        return counts;
    }

    /**
     * Returns the end of the last row's horizon, epoch milliseconds. Predictions at or before it are in-sample for a
     * model that has seen the outcomes of these rows.
     */
    default long outcomesReachTo(RowRange rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no rows, so no outcomes");
        }
        return time(rows.to() - 1) + horizonMillis();
    }
}
