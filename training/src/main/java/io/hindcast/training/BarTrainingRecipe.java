package io.hindcast.training;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.memory.MemoryNeed;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.Trainer;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.train.TrainingParameters;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstTrainer;
import java.util.function.LongFunction;

/**
 * How a family that reads bars is trained here.
 *
 * @param windowBars bars that a row is made of
 * @param rounds at most, boosting rounds or epochs
 * @param unit what a round is called
 * @param needOf memory for so many bars
 */
record BarTrainingRecipe<P extends TrainingParameters>(
        Trainer<Dataset, P> trainer,
        P parameters,
        int windowBars,
        int rounds,
        String unit,
        LongFunction<MemoryNeed> needOf) {

    /** Features at most: those of prices and news. */
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
                        bars -> MemoryNeed.lightGbm(bars, COLUMNS));
            }
            case TST -> {
                TstParameters parameters = settings.tstParameters();
                yield new BarTrainingRecipe<>(
                        new TstTrainer(),
                        parameters,
                        parameters.shape().bars(),
                        parameters.schedule().stopping().maxRounds(),
                        "epochs",
                        bars -> MemoryNeed.tst(bars, COLUMNS, parameters));
            }
            case TRL -> throw new IllegalArgumentException("TRL reads no bars: it is trained by another recipe");
        };
    }

    /** What a training on so many bars takes of memory. */
    MemoryNeed need(long bars) {
        return needOf.apply(bars);
    }

    TrainedModel train(Dataset dataset, long seed, TrainingControl control) {
        return trainer.train(dataset, parameters, seed, control);
    }
}
