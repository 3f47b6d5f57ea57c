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
 * Training of a family that reads candles.
 *
 * @param news description of the articles behind the sentiment features; empty if there are none
 */
record BarTraining<P extends TrainingParameters>(
        Trainer<Dataset, P> trainer, Dataset dataset, P parameters, int maxRounds, int batch, String news)
        implements PreparedTraining {

    @Override
    public Optional<String> notice() {
        if (news.isEmpty()) {
            return Optional.empty();
        }
        double share = dataset.newsShare(new RowRange(0, dataset.rows()));
        return Optional.of(String.format(
                Locale.ROOT, "Sentiment features use %s. %.1f %% of the candles have some.", news, 100 * share));
    }

    @Override
    public TrainedModel train(DayRange training, @Nullable DayRange test, long seed, TrainingControl control) {
        return trainer.train(
                dataset,
                PreparedTraining.split(parameters.evaluation().splitter(), dataset, training, test),
                parameters,
                seed,
                control);
    }
}
