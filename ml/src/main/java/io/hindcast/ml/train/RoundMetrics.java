package io.hindcast.ml.train;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metrics of one training round: a boosting round or an epoch, depending on the family.
 *
 * @param round number of the round, from 1
 * @param maxRounds most rounds of the training
 * @param values metrics by name, such as {@value #VALIDATION_LOSS}, which is always present; a name means the same in
 *     every round of a training
 */
public record RoundMetrics(int round, int maxRounds, SortedMap<String, Double> values) {

    /** The metric that early stopping watches: lower is better. */
    public static final String VALIDATION_LOSS = "validation loss";

    public RoundMetrics {
        if (round < 1 || round > maxRounds || !values.containsKey(VALIDATION_LOSS)) {
            throw new IllegalArgumentException("round " + round + " of " + maxRounds + " with " + values.keySet()
                    + ", expected 1 to the number of rounds and '" + VALIDATION_LOSS + "' among the metrics");
        }
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static RoundMetrics of(int round, int maxRounds, Map<String, Double> values) {
        return new RoundMetrics(round, maxRounds, new TreeMap<>(values));
    }

    public double validationLoss() {
        return values.getOrDefault(VALIDATION_LOSS, Double.NaN);
    }
}
