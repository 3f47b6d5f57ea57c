package io.hindcast.ml.report;

import io.hindcast.api.model.Evaluation;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.explain.Importance;
import io.hindcast.ml.model.ModelBundle;
import java.util.List;
import java.util.Locale;

/**
 * Everything that is told about a model on one period.
 *
 * @param subject what it is about, such as {@code BTCUSDT}
 * @param bundle the model
 * @param scored the judged rows and what the model says about them
 * @param evaluation of these rows
 * @param standing of these rows to those learned from
 * @param importances what the model looks at
 * @param facts what else there is to say, such as how long it took
 */
public record Report(
        String subject,
        ModelBundle bundle,
        ScoredRows scored,
        Evaluation evaluation,
        Standing standing,
        List<Importance> importances,
        List<Fact> facts) {

    public Report {
        importances = List.copyOf(importances);
        facts = List.copyOf(facts);
    }

    /** A name and what is to be said about it. */
    public record Fact(String name, String value) {}

    /** Such as {@code tst-small}: the preset if there is one, else the family. */
    public String model() {
        return bundle.provenance()
                .parameters()
                .getOrDefault("preset", bundle.family().name().toLowerCase(Locale.ROOT));
    }

    /** Class that the majority baseline says, if the bundle knows it. */
    String majority() {
        String name = bundle.provenance().parameters().get(MAJORITY);
        return name == null ? "of these rows" : name;
    }

    static final String MAJORITY = "result.majorityClass";
}
