package io.hindcast.ml.dataset;

import io.hindcast.api.market.Interval;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;

/**
 * What any family learns from and is judged by: samples in ascending order of time, each with the numbers that a model
 * reads of it (a row) and with what it turned out to be. Immutable and thread-safe.
 */
public interface Samples {

    /** What rows are made with, by name and hash. */
    FeatureSetRef source();

    /** The outcome that was named. */
    LabelSpec label();

    /** Sha-256, 64 hexadecimal digits, over everything that a training or an evaluation may read of these samples. */
    String digest();

    /** Number of samples. */
    int rows();

    /** Numbers in a row, 1 or more, the same for each. */
    int inputs();

    /** Writes the row of a sample into {@code out} from {@code at} on. */
    void read(int row, double[] out, int at);

    /** The moment a sample is about, epoch milliseconds, never less than that of the row before. */
    long time(int row);

    /** What it turned out to be. */
    Signal outcome(int row);

    /** What being long from this sample until the next one may act earns, as a fraction. */
    double nextReturn(int row);

    /** The change that was last seen before this sample, as a fraction; {@code NaN} if none was. */
    double previousReturn(int row);

    /** How long after {@link #time} a sample's outcome reaches, milliseconds. */
    default long horizonMillis() {
        return label().horizonBars() * Interval.ONE_MINUTE.millis();
    }

    /**
     * The rows whose time lies from {@code from} to {@code to}, epoch milliseconds, both inclusive; empty if there is
     * none.
     */
    default RowRange rowsBetween(long from, long to) {
        int first = firstRowNotBefore(from);
        return new RowRange(first, Math.max(first, firstRowNotBefore(to + 1)));
    }

    /** The first row whose time is at or after a moment, epoch milliseconds; {@link #rows} if there is none. */
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

    /** The rows, one after the other, a copy. */
    default double[] matrix(RowRange rows) {
        double[] copy = new double[Math.multiplyExact(rows.size(), inputs())];
        for (int row = rows.from(); row < rows.to(); row++) {
            read(row, copy, (row - rows.from()) * inputs());
        }
        return copy;
    }

    /** How often each signal was right among these rows, in class order. */
    default int[] outcomeCounts(RowRange rows) {
        int[] counts = new int[Signal.CLASSES.size()];
        for (int row = rows.from(); row < rows.to(); row++) {
            counts[outcome(row).classIndex()]++;
        }
        return counts;
    }

    /**
     * The last moment that knowing the outcomes of these rows gives away: the last row's and its horizon. Predictions
     * at or before it are in-sample. Epoch milliseconds.
     */
    default long outcomesReachTo(RowRange rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no rows, so no outcomes");
        }
        return time(rows.to() - 1) + horizonMillis();
    }
}
