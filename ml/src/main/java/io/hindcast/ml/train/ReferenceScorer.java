package io.hindcast.ml.train;

import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.score.Scorer;
import java.util.Arrays;

/**
 * Scores rows with the library that trained the model: the reference with which every export is compared. Called by
 * {@link ModelFinalization} on the training's thread only; implementations need not be thread-safe.
 */
@FunctionalInterface
public interface ReferenceScorer {

    /**
     * Scores rows.
     *
     * @param rows n of them, one after the other
     * @return n × 3 probabilities in class order
     */
    double[] score(double[] rows, int n);

    /**
     * Scores rows of a dataset in batches, until all are scored or the budget is spent; the first batch is scored in
     * any case.
     *
     * @param batch rows scored between two checks of the clock
     * @param control reports each batch
     * @return the rows that were scored, the earliest ones
     * @throws java.util.concurrent.CancellationException if the training was cancelled
     */
    default ScoredRows score(Samples samples, RowRange rows, int batch, TrainingControl control) {
        double[] scores = new double[rows.size() * Scorer.CLASSES];
        int from = rows.from();
        while (from < rows.to() && (from == rows.from() || !control.budgetSpent())) {
            control.check("when " + (from - rows.from()) + " of " + rows.size() + " test rows were scored");
            RowRange some = new RowRange(from, Math.min(rows.to(), from + batch));
            double[] part = score(samples.matrix(some), some.size());
            System.arraycopy(part, 0, scores, (from - rows.from()) * Scorer.CLASSES, part.length);
            from = some.to();
            control.progress().rowsScored(from - rows.from(), rows.size());
        }
        RowRange scored = new RowRange(rows.from(), from);
        return new ScoredRows(samples, scored, Arrays.copyOf(scores, scored.size() * Scorer.CLASSES));
    }
}
