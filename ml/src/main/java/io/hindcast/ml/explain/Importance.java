package io.hindcast.ml.explain;

import java.util.List;

/**
 * What a model looks at.
 *
 * @param title such as {@code Importance of features}
 * @param method how it was measured, a sentence
 * @param unit of the values, such as {@code share of all gain}
 * @param values most important first, or in the order of time
 */
public record Importance(String title, String method, String unit, List<Value> values) {

    public Importance {
        values = List.copyOf(values);
    }

    /** How important one thing is; below 0 the model does better without it. */
    public record Value(String name, double amount) {}
}
