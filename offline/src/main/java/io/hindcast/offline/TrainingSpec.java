package io.hindcast.offline;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.console.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Options of a training. Null stands for the family's default.
 *
 * @param seed seed of every random choice
 * @param feeRate fee of the evaluation, as a fraction of the traded amount
 */
record TrainingSpec(
        ModelFamily family,
        NewsFiles news,
        Start start,
        Label label,
        Limits limits,
        Engine engine,
        long seed,
        double feeRate) {

    /**
     * Initial state of the model.
     *
     * @param preset name of the family's parameters
     * @param base checkpoint of TRL's encoder: a folder, or a Hugging Face id with @ and a revision
     * @param reward name of TRL's reward
     * @param warmStart bundle whose weights training continues from
     */
    record Start(
            @Nullable String preset,
            @Nullable String base,
            @Nullable String reward,
            @Nullable Path warmStart) {}

    /**
     * Outcome to predict.
     *
     * @param horizon bars ahead
     * @param threshold percent of change between HOLD and the other signals
     */
    record Label(@Nullable Integer horizon, @Nullable Double threshold) {}

    /**
     * Bounds of the training.
     *
     * @param budget time for training, export and evaluation once the data are read; the best model so far is kept
     * @param rounds most boosting rounds or epochs
     * @param steps most batches of an epoch
     */
    record Limits(
            Duration budget,
            @Nullable Integer rounds,
            @Nullable Integer steps) {}

    /**
     * Resources of the libraries.
     *
     * @param device device of the transformers, such as cpu
     */
    record Engine(int threads, String device) {}

    /** Returns the label, with the family's defaults where none is given. */
    LabelSpec labelOr(LabelSpec defaults) {
        return new LabelSpec(
                label.horizon() == null ? defaults.horizonBars() : label.horizon(),
                label.threshold() == null ? defaults.thresholdPercent() : label.threshold());
    }

    /** Refuses an option that the family does not have. */
    void refuse(String option, @Nullable Object given, String reason) {
        if (given != null) {
            throw new StartFailure("--" + option + " is not for "
                    + family.name().toLowerCase(Locale.ROOT) + ": " + reason + ". Leave it out.");
        }
    }
}
