package io.hindcast.ml.explain;

import java.util.List;

/**
 * Contribution of features, bars or words to a model's predictions.
 *
 * @param title such as {@code Importance of features}
 * @param method a sentence on how it was measured
 * @param unit of the values, such as {@code share of all gain}
 * @param values most important first, or in order of time
 */
public record Importance(String title, String method, String unit, List<Value> values) {

    public Importance {
        values = List.copyOf(values);
    }

    /** Importance of one feature, group of bars or word; below 0 the model is better without it. */
    public record Value(String name, double amount) {}
}
