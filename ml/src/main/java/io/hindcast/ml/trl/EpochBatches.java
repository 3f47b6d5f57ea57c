package io.hindcast.ml.trl;

import java.util.Arrays;

/** An epoch's rows in batches, and its batches in steps of the optimizer. */
@SuppressWarnings("ArrayRecordComponent") // made and read in this package
record EpochBatches(int[] order, TrlSchedule schedule) {

    /** Number of batches. */
    int count() {
        return (order.length + schedule.batch() - 1) / schedule.batch();
    }

    /** Number of steps. */
    int steps() {
        return (count() + schedule.accumulation() - 1) / schedule.accumulation();
    }

    /** The first batch of a step; of the step after the last, the number of batches. */
    int firstOf(int step) {
        return Math.min(count(), step * schedule.accumulation());
    }

    int[] rows(int batch) {
        int from = batch * schedule.batch();
        return Arrays.copyOfRange(order, from, Math.min(order.length, from + schedule.batch()));
    }
}
