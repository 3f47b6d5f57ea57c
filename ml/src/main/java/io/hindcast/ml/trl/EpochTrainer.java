package io.hindcast.ml.trl;

import io.hindcast.ml.train.StopReason;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a policy for one epoch. {@link PolicyTraining} calls it on the training's thread, epoch by epoch, each time
 * with newly shuffled rows; implementations are not thread-safe.
 */
interface EpochTrainer {

    /**
     * Trains on the articles once.
     *
     * @param order order of the rows
     * @param figures receives the metrics of the epoch
     * @return why the epoch was aborted, if it was
     */
    Optional<StopReason> epoch(int[] order, Map<String, Double> figures);
}
