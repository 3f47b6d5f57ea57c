package io.hindcast.ml.train;

import java.util.SortedMap;

/** Parameters of a training. Together with dataset and seed they decide the result. Immutable. */
public interface TrainingParameters {

    /** Returns how the dataset is split and how trades are charged. */
    EvaluationSettings evaluation();

    /** Returns every parameter by name, for the provenance. */
    SortedMap<String, String> toMap();

    /**
     * Checks a parameter.
     *
     * @param name of the parameter, as the message gives it
     * @throws IllegalArgumentException naming parameter, value and what was expected, unless {@code valid}
     */
    static void check(String name, double value, boolean valid, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(name + " was " + value + ", expected " + expected);
        }
    }
}
