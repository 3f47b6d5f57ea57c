package io.hindcast.ml.dataset;

import java.util.OptionalInt;

/** Receives the rows of a dataset in ascending order of open time. */
@FunctionalInterface
public interface RowSink {

    /**
     * A bar with its features and, if it is a sample, its outcome.
     *
     * @param openTime of the bar, epoch milliseconds
     * @param features one for each of the feature set's names; not to be changed
     * @param context number of bars in the longest window that ends with this bar and begins no earlier than the first
     *     row, from 1
     * @param label class number; empty for a bar that is in windows only
     * @param nextReturn change to the next close, as a fraction; {@code NaN} without a label
     * @param previousReturn change from the previous close, as a fraction; {@code NaN} if that bar is missing, or
     *     without a label
     */
    @SuppressWarnings("ArrayRecordComponent") // a row is passed on, not compared
    record Row(
            long openTime,
            double[] features,
            int context,
            OptionalInt label,
            double nextReturn,
            double previousReturn) {}

    void accept(Row row);
}
