package io.hindcast.ml.trl;

import io.hindcast.ml.train.StopReason;
import java.util.Map;
import java.util.Optional;

/** A way to change a policy by going over the training articles once. */
interface EpochTrainer {

    /**
     * Goes over them.
     *
     * @param order of the rows
     * @param figures receives what the epoch came to
     * @return why it was broken off, if it was
     */
    Optional<StopReason> epoch(int[] order, Map<String, Double> figures);
}
