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

/** Lets a stored model speak, in pieces between which it can be ended. */
final class Judging {

    /** Numbers that are copied out of the samples at once. */
    private static final int AT_ONCE = 1 << 20;

    private Judging() {}

    static ScoredRows score(
            Samples samples, RowRange rows, Scorer scorer, ProgressReporter progress, Cancellation cancellation) {
        int batch = Math.max(1, AT_ONCE / samples.inputs());
        double[] probabilities = new double[rows.size() * Scorer.CLASSES];
        try (ProgressReporter.Task task = progress.begin("Judging", rows.size(), "rows")) {
            for (int from = rows.from(); from < rows.to(); from += batch) {
                cancellation.check();
                RowRange some = new RowRange(from, Math.min(rows.to(), from + batch));
                double[] part = new double[some.size() * Scorer.CLASSES];
                scorer.score(samples.matrix(some), some.size(), part);
                System.arraycopy(part, 0, probabilities, (from - rows.from()) * Scorer.CLASSES, part.length);
                task.at(some.to() - rows.from(), "");
            }
        }
        return new ScoredRows(samples, rows, probabilities);
    }

    /** @param check called between pieces; may throw to end it */
    static List<Importance> importances(
            ModelBundle bundle, Scorer scorer, ScoredRows scored, ProgressReporter progress, Runnable check) {
        check.run();
        int steps = Importances.steps(bundle);
        if (steps < 2) {
            return Importances.of(bundle, scorer, scored, _ -> check.run());
        }
        try (ProgressReporter.Task task = progress.begin("Looking at what it looks at", steps, "coverings")) {
            return Importances.of(bundle, scorer, scored, done -> {
                check.run();
                task.at(done, "");
            });
        }
    }
}
