package io.hindcast.offline;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.explain.Importance;
import io.hindcast.ml.explain.Importances;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import java.util.List;

/** Scores and explains many rows with a stored model, in batches between which it can be cancelled. */
final class BatchScoring {

    /** Most numbers copied out of the samples at once. */
    private static final int BATCH_NUMBERS = 1 << 20;

    private BatchScoring() {}

    static ScoredRows score(Samples samples, RowRange rows, Scorer scorer, RunContext context) {
        int batchRows = Math.max(1, BATCH_NUMBERS / samples.inputs());
        double[] probabilities = new double[rows.size() * Scorer.CLASSES];
        try (ProgressReporter.Task task = context.progress().begin("Evaluating", rows.size(), "rows")) {
            for (int from = rows.from(); from < rows.to(); from += batchRows) {
                context.cancellation().check();
                RowRange batch = new RowRange(from, Math.min(rows.to(), from + batchRows));
                double[] scores = new double[batch.size() * Scorer.CLASSES];
                scorer.score(samples.matrix(batch), batch.size(), scores);
                System.arraycopy(scores, 0, probabilities, (from - rows.from()) * Scorer.CLASSES, scores.length);
                task.at(batch.to() - rows.from(), "");
            }
        }
        return new ScoredRows(samples, rows, probabilities);
    }

    /** @param check called between batches on the same thread; ends the work by throwing */
    static List<Importance> importances(
            ModelBundle bundle, Scorer scorer, ScoredRows scored, ProgressReporter progress, Runnable check) {
        check.run();
        int steps = Importances.steps(bundle);
        if (steps < 2) {
            return Importances.of(bundle, scorer, scored, _ -> check.run());
        }
        try (ProgressReporter.Task task = progress.begin("Measuring importance", steps, "occlusions")) {
            return Importances.of(bundle, scorer, scored, done -> {
                check.run();
                task.at(done, "");
            });
        }
    }
}
