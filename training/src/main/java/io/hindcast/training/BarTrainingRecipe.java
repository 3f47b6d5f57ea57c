package io.hindcast.training;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.memory.MemoryEstimate;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.Trainer;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.train.TrainingParameters;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstTrainer;
import java.util.function.LongFunction;

/**
 * Trainer and parameters of a family that reads bars, by this worker's settings.
 *
 * @param windowBars bars in a row
 * @param rounds most boosting rounds or epochs
 * @param unit name of a round
 * @param needOf estimates the memory for a number of bars
 */
record BarTrainingRecipe<P extends TrainingParameters>(
        Trainer<Dataset, P> trainer,
        P parameters,
        int windowBars,
        int rounds,
        String unit,
        LongFunction<MemoryEstimate> needOf) {

    /** Most features: those of prices and news. */
    private static final int COLUMNS = FeatureSet.priceNewsV1().size();

    static BarTrainingRecipe<?> of(ModelFamily family, TrainingProperties settings) {
        return switch (family) {
            case LIGHTGBM -> {
                LightGbmParameters parameters = settings.lightGbmParameters();
                yield new BarTrainingRecipe<>(
                        new LightGbmTrainer(),
                        parameters,
                        1,
                        parameters.stopping().maxRounds(),
                        "rounds",
                        bars -> MemoryEstimate.lightGbm(bars, COLUMNS));
            }
            case TST -> {
                TstParameters parameters = settings.tstParameters();
                yield new BarTrainingRecipe<>(
                        new TstTrainer(),
                        parameters,
                        parameters.shape().bars(),
                        parameters.schedule().stopping().maxRounds(),
                        "epochs",
                        bars -> MemoryEstimate.tst(bars, COLUMNS, parameters));
            }
            case TRL -> throw new IllegalArgumentException("TRL reads no bars: it is trained by another recipe");
        };
    }

    /** Estimates the memory of a training on a number of bars. */
    MemoryEstimate need(long bars) {
        return needOf.apply(bars);
    }

    TrainedModel train(Dataset dataset, long seed, TrainingControl control) {
        return trainer.train(dataset, parameters, seed, control);
    }
}
