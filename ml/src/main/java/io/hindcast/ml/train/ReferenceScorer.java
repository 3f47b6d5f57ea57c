package io.hindcast.ml.train;

import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.score.Scorer;
import java.util.Arrays;

/** What a trainer itself says about rows, by the library that it trained with: what every export is held against. */
@FunctionalInterface
public interface ReferenceScorer {

    /**
     * Scores.
     *
     * @param rows n of them, one after the other
     * @return n × 3 probabilities in class order
     */
    double[] score(double[] rows, int n);

    /**
     * Scores rows of a dataset, some at a time, until all are scored or the budget is spent; the first some are scored
     * in any case.
     *
     * @param atOnce rows scored between two looks at the clock
     * @return the rows that were scored, the earliest ones
     * @throws java.util.concurrent.CancellationException if the control says so
     */
    default ScoredRows score(Samples samples, RowRange rows, int atOnce, TrainingControl control) {
        double[] scores = new double[rows.size() * Scorer.CLASSES];
        int from = rows.from();
        while (from < rows.to() && (from == rows.from() || !control.budgetSpent())) {
            control.check("when " + (from - rows.from()) + " of " + rows.size() + " test rows were scored");
            RowRange some = new RowRange(from, Math.min(rows.to(), from + atOnce));
            double[] part = score(samples.matrix(some), some.size());
            System.arraycopy(part, 0, scores, (from - rows.from()) * Scorer.CLASSES, part.length);
            from = some.to();
            control.progress().scored(from - rows.from(), rows.size());
        }
        RowRange scored = new RowRange(rows.from(), from);
        return new ScoredRows(samples, scored, Arrays.copyOf(scores, scored.size() * Scorer.CLASSES));
    }
}
