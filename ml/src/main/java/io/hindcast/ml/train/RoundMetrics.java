package io.hindcast.ml.train;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one round of a training came to: a boosting round, an epoch, whatever a family goes by.
 *
 * @param number from 1
 * @param of rounds at most
 * @param figures by name, in words such as {@value #VALIDATION_LOSS}, which is always there; a name means the same in
 *     every round of a training
 */
public record RoundMetrics(int number, int of, SortedMap<String, Double> figures) {

    /** The figure that early stopping watches: lower is better. */
    public static final String VALIDATION_LOSS = "validation loss";

    public RoundMetrics {
        if (number < 1 || number > of || !figures.containsKey(VALIDATION_LOSS)) {
            throw new IllegalArgumentException("round " + number + " of " + of + " with " + figures.keySet()
                    + ", expected 1 to the number of rounds and '" + VALIDATION_LOSS + "' among the figures");
        }
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    }

    public static RoundMetrics of(int number, int of, Map<String, Double> figures) {
        return new RoundMetrics(number, of, new TreeMap<>(figures));
    }

    public double validationLoss() {
        return figures.getOrDefault(VALIDATION_LOSS, Double.NaN);
    }
}
