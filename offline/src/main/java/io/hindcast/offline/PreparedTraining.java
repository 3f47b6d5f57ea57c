package io.hindcast.offline;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A family's trainer with its data and parameters. {@link ModelTraining} calls {@link #train} once, on the command's
 * thread, after the other methods.
 */
sealed interface PreparedTraining permits BarTraining, ArticleTraining {

    /** Returns the maximum number of rounds. */
    int maxRounds();

    /** Returns the rows of a step; 1 if rounds have no steps. */
    int batch();

    /** Returns a line to print before the first round, if there is one. */
    default Optional<String> notice() {
        return Optional.empty();
    }

    /**
     * Trains the model.
     *
     * @param training days of the training and validation data
     * @param test days of the evaluation, after those; null for the end of the training days
     * @throws io.hindcast.ml.train.TimeBudgetException if the budget ends before there is a model
     * @throws IllegalArgumentException if the data do not suffice
     * @throws ArithmeticException if the training diverges
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    TrainedModel train(DayRange training, @Nullable DayRange test, long seed, TrainingControl control);

    /** Derives the train, validation and test split from date ranges. */
    static Split split(ChronologicalSplitter splitter, Samples samples, DayRange training, @Nullable DayRange test) {
        return test == null
                ? splitter.split(samples)
                : splitter.split(samples, rows(samples, training), rows(samples, test));
    }

    private static RowRange rows(Samples samples, DayRange days) {
        return samples.rowsBetween(days.firstMinute().toEpochMilli(), days.lastMillis());
    }
}
