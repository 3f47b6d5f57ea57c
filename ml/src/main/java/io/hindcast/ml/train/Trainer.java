package io.hindcast.ml.train;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Dataset;
import java.util.concurrent.CancellationException;

/**
 * Makes models of one family. A training is a pure function of dataset, parameters and seed on the same libraries and
 * platform, unless its time budget ended it.
 *
 * @param <P> what this family can be told
 */
public interface Trainer<P extends TrainingParameters> {

    ModelFamily family();

    /**
     * Trains on the training part, stops early by the validation part, exports to ONNX, checks that the export says what
     * the trainer says, and evaluates on the test part, which nothing before has looked at.
     *
     * @throws IllegalArgumentException if the dataset is too short to be split, or has no row of some class to train on
     * @throws CancellationException if the control says so
     * @throws io.hindcast.ml.onnx.ExportMismatchException if the export differs from the trainer's own output
     */
    TrainedModel train(Dataset dataset, P parameters, long seed, TrainingControl control);
}
