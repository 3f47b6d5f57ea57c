package io.hindcast.app.model;

import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.Trainer;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.train.TrainingParameters;
import org.jspecify.annotations.Nullable;

/** Of a family that reads bars. */
record BarTraining<P extends TrainingParameters>(
        Trainer<Dataset, P> trainer, Dataset dataset, P parameters, int rounds, int batch) implements ReadyTraining {

    @Override
    public TrainedModel train(Days training, @Nullable Days test, long seed, TrainingControl control) {
        return trainer.train(
                dataset, ReadyTraining.split(parameters.split(), dataset, training, test), parameters, seed, control);
    }
}
