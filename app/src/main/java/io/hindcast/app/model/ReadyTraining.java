package io.hindcast.app.model;

import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.Trainer;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.train.TrainingParameters;
import org.jspecify.annotations.Nullable;

/**
 * A family's trainer with what it learns from and what it is told.
 *
 * @param rounds at most
 * @param batch rows a step; 1 if rounds have no steps
 */
record ReadyTraining<D extends Samples, P extends TrainingParameters>(
        Trainer<D, P> trainer, D samples, P parameters, int rounds, int batch) {

    /**
     * Trains.
     *
     * @param training days learned from
     * @param test days judged by, after those; null if the end of the training days is
     */
    TrainedModel train(Days training, @Nullable Days test, long seed, TrainingControl control) {
        return trainer.train(samples, split(training, test), parameters, seed, control);
    }

    private Split split(Days training, @Nullable Days test) {
        return test == null
                ? parameters.split().split(samples)
                : parameters.split().split(samples, rows(training), rows(test));
    }

    private RowRange rows(Days days) {
        return samples.rowsBetween(days.first().toEpochMilli(), days.last().toEpochMilli());
    }
}
