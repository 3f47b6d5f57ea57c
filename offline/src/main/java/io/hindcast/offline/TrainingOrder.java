package io.hindcast.offline;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.console.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to train. What is null is as the family has it.
 *
 * @param news archive of articles, for the family that reads them
 * @param reader model that reads articles for one that reads candles
 * @param preset of the family
 * @param base encoder that the family which reads articles begins with: a folder, or a hub's id
 * @param reward by which the family that reads articles rewards its signals
 * @param horizon how many bars ahead the outcome is
 * @param threshold of the outcome, percent
 * @param seed of every random choice
 * @param budget time that training, export and judging may take once the data are read; the best so far is kept
 * @param rounds at most: boosting rounds, epochs
 * @param steps that a round has at most, where it has any
 * @param threads that libraries may use
 * @param feeRate fraction of the traded amount that the evaluation charges per trade
 * @param device that deep families are trained on
 * @param warmStart bundle whose weights training goes on from
 */
public record TrainingOrder(
        ModelFamily family,
        @Nullable Path news,
        @Nullable Path reader,
        @Nullable String preset,
        @Nullable String base,
        @Nullable String reward,
        @Nullable Integer horizon,
        @Nullable Double threshold,
        long seed,
        Duration budget,
        @Nullable Integer rounds,
        @Nullable Integer steps,
        int threads,
        double feeRate,
        String device,
        @Nullable Path warmStart) {

    /** What is learned. */
    LabelSpec label(LabelSpec usual) {
        return new LabelSpec(
                horizon == null ? usual.horizonBars() : horizon,
                threshold == null ? usual.thresholdPercent() : threshold);
    }

    /** Refuses an option that this family has no use for, rather than leaving it unheeded. */
    void refuse(String option, @Nullable Object given, String why) {
        if (given != null) {
            throw new StartFailure("--" + option + " is not for "
                    + family.name().toLowerCase(java.util.Locale.ROOT) + ": " + why + ". Leave it out.");
        }
    }
}
