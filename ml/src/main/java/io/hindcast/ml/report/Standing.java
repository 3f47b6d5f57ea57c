package io.hindcast.ml.report;

import io.hindcast.api.model.Provenance;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.evaluate.ScoredRows;
import java.time.Instant;

/**
 * How the rows that a model is judged on stand to those that it has learned from.
 *
 * @param inSample rows at a time whose outcomes training or validation has seen
 * @param rows all that are judged
 * @param learnedFrom where the learning period begins
 * @param learnedTo where it ends, the outcomes included
 */
public record Standing(int inSample, int rows, Instant learnedFrom, Instant learnedTo) {

    public static Standing of(Provenance provenance, ScoredRows scored) {
        RowRange learned = scored.samples()
                .rowsBetween(
                        provenance.dataFrom().toEpochMilli(),
                        provenance.inSampleTo().toEpochMilli());
        int from = Math.max(learned.from(), scored.rows().from());
        int to = Math.min(learned.to(), scored.rows().to());
        return new Standing(Math.max(0, to - from), scored.size(), provenance.dataFrom(), provenance.inSampleTo());
    }

    /** Whether the model has seen none of the outcomes. */
    public boolean heldOut() {
        return inSample == 0;
    }

    /** In a few words. */
    public String words() {
        return heldOut()
                ? "held out"
                : inSample == rows ? "in-sample" : "partly in-sample (" + Numbers.count(inSample) + " rows)";
    }

    /** A sentence about it. */
    public String sentence() {
        String period = Numbers.days(learnedFrom, learnedTo);
        return heldOut()
                ? "The model has learned from " + period + " and seen none of these outcomes."
                : "In-sample: "
                        + (inSample == rows ? "all" : Numbers.count(inSample) + " of the " + Numbers.count(rows))
                        + " rows lie in the period that the model has learned from (" + period
                        + "). Their figures say nothing about what it is worth.";
    }
}
