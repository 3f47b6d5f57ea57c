package io.hindcast.ml.train;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import java.util.concurrent.CancellationException;

/**
 * Trains models of one family. A training is a pure function of dataset, parameters and seed on the same libraries and
 * platform, unless its time budget ended it.
 *
 * <p>The caller owns the thread: {@code train} blocks it until the model is finished, calls the control's callbacks on
 * it, and frees all native memory before it returns or throws. A trainer holds no state of a training, so several
 * threads may train with one instance.
 *
 * @param <D> samples that the family learns from
 * @param <P> parameters of the family
 */
public interface Trainer<D extends Samples, P extends TrainingParameters> {

    ModelFamily family();

    /**
     * Trains on the training part, stops early by the validation part, exports to ONNX, compares the export with the
     * trainer's own probabilities, and evaluates on the test part, which nothing before has read.
     *
     * @param control cancels the training, limits its time and receives its progress
     * @throws IllegalArgumentException if the dataset does not suit the parameters, or has no row of some class to
     *     train on
     * @throws CancellationException if the control reports that the training was cancelled
     * @throws TimeBudgetException if the time budget ended before there was a model to keep
     * @throws ArithmeticException if the training diverged
     * @throws ExportMismatchException if the export differs from the trainer's own probabilities
     */
    TrainedModel train(D dataset, Split split, P parameters, long seed, TrainingControl control);

    /**
     * Trains on the split of the parameters.
     *
     * @throws IllegalArgumentException if the dataset is too short to be split
     */
    default TrainedModel train(D dataset, P parameters, long seed, TrainingControl control) {
        return train(dataset, parameters.evaluation().splitter().split(dataset), parameters, seed, control);
    }
}
