package io.hindcast.ml.report;

import io.hindcast.api.model.Evaluation;
import io.hindcast.ml.evaluate.OutcomeCounts;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.explain.Importance;
import io.hindcast.ml.model.ModelBundle;
import java.util.List;
import java.util.Locale;

/**
 * Content of a report on a model and one period.
 *
 * @param subject subject of the model, such as {@code BTCUSDT}
 * @param bundle the model
 * @param scored evaluated rows with the model's probabilities
 * @param evaluation metrics on these rows
 * @param overlap overlap of these rows with the training period
 * @param importances importance of features, bars or words
 * @param facts further facts, such as the duration of the training
 */
public record Report(
        String subject,
        ModelBundle bundle,
        ScoredRows scored,
        Evaluation evaluation,
        TrainingOverlap overlap,
        List<Importance> importances,
        List<Fact> facts) {

    public Report {
        importances = List.copyOf(importances);
        facts = List.copyOf(facts);
    }

    /** A named fact. */
    public record Fact(String name, String value) {}

    /** Returns the preset if there is one, such as {@code tst-small}, else the family. */
    public String model() {
        return bundle.provenance()
                .parameters()
                .getOrDefault("preset", bundle.family().name().toLowerCase(Locale.ROOT));
    }

    /** Returns the class that the majority baseline predicts, if the bundle names it. */
    String majority() {
        return OutcomeCounts.trained(bundle.provenance())
                .map(counts -> counts.mostFrequent().name())
                .orElse("of these rows");
    }
}
