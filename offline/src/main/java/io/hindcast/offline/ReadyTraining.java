package io.hindcast.offline;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A family's trainer with what it learns from and what it is told. */
sealed interface ReadyTraining permits BarTraining, ArticleTraining {

    /** Rounds at most. */
    int rounds();

    /** Rows a step; 1 if rounds have no steps. */
    int batch();

    /** What there is to say before the first round. */
    default Optional<String> preparation() {
        return Optional.empty();
    }

    /**
     * Trains.
     *
     * @param training days learned from
     * @param test days judged by, after those; null if the end of the training days is
     */
    TrainedModel train(Days training, @Nullable Days test, long seed, TrainingControl control);

    /** The split that days mean. */
    static Split split(ChronologicalSplitter usual, Samples samples, Days training, @Nullable Days test) {
        return test == null
                ? usual.split(samples)
                : usual.split(
                        samples,
                        samples.rowsBetween(training.first().toEpochMilli(), training.end()),
                        samples.rowsBetween(test.first().toEpochMilli(), test.end()));
    }
}
