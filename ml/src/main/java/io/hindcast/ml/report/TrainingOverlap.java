package io.hindcast.ml.report;

import io.hindcast.api.model.Provenance;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.evaluate.ScoredRows;
import java.time.Instant;

/**
 * Overlap of the evaluated rows with the period on which the model was trained.
 *
 * @param inSample evaluated rows within the period of training and validation, label overlap included
 * @param rows evaluated rows
 * @param learnedFrom start of the training period
 * @param learnedTo end of the training and validation period, outcomes included
 */
public record TrainingOverlap(int inSample, int rows, Instant learnedFrom, Instant learnedTo) {

    public static TrainingOverlap of(Provenance provenance, ScoredRows scored) {
        RowRange learned = scored.samples()
                .rowsBetween(
                        provenance.dataFrom().toEpochMilli(),
                        provenance.inSampleTo().toEpochMilli());
        int from = Math.max(learned.from(), scored.rows().from());
        int to = Math.min(learned.to(), scored.rows().to());
        return new TrainingOverlap(
                Math.max(0, to - from), scored.size(), provenance.dataFrom(), provenance.inSampleTo());
    }

    /** Returns whether training and validation used none of the outcomes. */
    public boolean heldOut() {
        return inSample == 0;
    }

    /** Returns a short description. */
    public String words() {
        return heldOut()
                ? "held out"
                : inSample == rows ? "in-sample" : "partly in-sample (" + NumberFormats.count(inSample) + " rows)";
    }

    /** Returns a sentence for the report. */
    public String sentence() {
        String period = NumberFormats.days(learnedFrom, learnedTo);
        return heldOut()
                ? "The model was trained on " + period + " and has seen none of these outcomes."
                : "In-sample: "
                        + (inSample == rows
                                ? "all"
                                : NumberFormats.count(inSample) + " of the " + NumberFormats.count(rows))
                        + " rows lie in the period on which the model was trained (" + period
                        + "). Figures on them do not show how good the model is.";
    }
}
