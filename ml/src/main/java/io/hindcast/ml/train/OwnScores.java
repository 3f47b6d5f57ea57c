package io.hindcast.ml.train;

import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.score.Scorer;

/** What a trainer itself says about rows, by the library that it trained with: what every export is held against. */
@FunctionalInterface
public interface OwnScores {

    /** Numbers that are copied out of a dataset at once. */
    int AT_ONCE = 1 << 20;

    /**
     * Scores.
     *
     * @param rows n of them, one after the other
     * @return n × 3 probabilities in class order
     */
    double[] score(double[] rows, int n);

    /**
     * Scores rows of a dataset, some at a time.
     *
     * @throws java.util.concurrent.CancellationException if the control says so
     */
    default double[] score(Samples samples, RowRange rows, TrainingControl control) {
        int batch = Math.max(1, AT_ONCE / samples.inputs());
        double[] scores = new double[rows.size() * Scorer.CLASSES];
        for (int from = rows.from(); from < rows.to(); from += batch) {
            control.check("when " + (from - rows.from()) + " of " + rows.size() + " test rows were scored");
            RowRange some = new RowRange(from, Math.min(rows.to(), from + batch));
            double[] part = score(samples.matrix(some), some.size());
            System.arraycopy(part, 0, scores, (from - rows.from()) * Scorer.CLASSES, part.length);
            control.progress().scored(some.to() - rows.from(), rows.size());
        }
        return scores;
    }
}
