package io.hindcast.ml.train;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import java.util.concurrent.CancellationException;

/**
 * Makes models of one family. A training is a pure function of dataset, parameters and seed on the same libraries and
 * platform, unless its time budget ended it.
 *
 * @param <D> what this family learns from
 * @param <P> what this family can be told
 */
public interface Trainer<D extends Samples, P extends TrainingParameters> {

    ModelFamily family();

    /**
     * Trains on the training part, stops early by the validation part, exports to ONNX, checks that the export says
     * what the trainer says, and evaluates on the test part, which nothing before has looked at.
     *
     * @throws IllegalArgumentException if there is no row of some class to train on
     * @throws CancellationException if the control says so
     * @throws io.hindcast.ml.train.ExportMismatchException if the export differs from the trainer's own output
     */
    TrainedModel train(D dataset, Split split, P parameters, long seed, TrainingControl control);

    /**
     * The same on the split that the parameters say.
     *
     * @throws IllegalArgumentException if the dataset is too short to be split
     */
    default TrainedModel train(D dataset, P parameters, long seed, TrainingControl control) {
        return train(dataset, parameters.split().split(dataset), parameters, seed, control);
    }
}
