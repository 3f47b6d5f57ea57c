package io.hindcast.ml.trl;

import java.util.Arrays;

/** Division of an epoch's rows into batches, and of the batches into optimizer steps. */
@SuppressWarnings("ArrayRecordComponent") // made and read in this package
record EpochBatches(int[] order, TrlSchedule schedule) {

    /** Returns the number of batches. */
    int count() {
        return (order.length + schedule.batch() - 1) / schedule.batch();
    }

    /** Returns the number of steps. */
    int steps() {
        return (count() + schedule.accumulation() - 1) / schedule.accumulation();
    }

    /** Returns the first batch of a step; for the step after the last, the number of batches. */
    int firstOf(int step) {
        return Math.min(count(), step * schedule.accumulation());
    }

    int[] rows(int batch) {
        int from = batch * schedule.batch();
        return Arrays.copyOfRange(order, from, Math.min(order.length, from + schedule.batch()));
    }
}
