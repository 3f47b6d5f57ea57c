package io.hindcast.offline;

import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.Trainer;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.train.TrainingParameters;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Of a family that reads bars.
 *
 * @param news what bars know of it, for people; empty if nothing
 */
record BarTraining<P extends TrainingParameters>(
        Trainer<Dataset, P> trainer, Dataset dataset, P parameters, int rounds, int batch, String news)
        implements ReadyTraining {

    @Override
    public Optional<String> preparation() {
        if (news.isEmpty()) {
            return Optional.empty();
        }
        double share = dataset.newsShare(new RowRange(0, dataset.rows()));
        return Optional.of(
                String.format(Locale.ROOT, "Candles know %s. %.1f %% of the candles know any.", news, 100 * share));
    }

    @Override
    public TrainedModel train(Days training, @Nullable Days test, long seed, TrainingControl control) {
        return trainer.train(
                dataset,
                ReadyTraining.split(parameters.evaluation().splitter(), dataset, training, test),
                parameters,
                seed,
                control);
    }
}
