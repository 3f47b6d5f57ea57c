package io.hindcast.api.training;

import io.hindcast.api.RefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A batch of a training run's metrics, as columns: one value per step and metric. A run has at most
 * {@value #MAX_BATCHES} batches a launch, so workers send them at growing intervals.
 *
 * @param launch number of the machine started for the run, from 1; each begins the run anew
 * @param batch number of the batch since this launch, from 1
 * @param steps boosting rounds, or optimisation steps counted over all epochs; ascending, at most {@value #MAX_STEPS}
 * @param metrics by name, such as {@code validation-loss}; each as long as {@code steps}, null where a step has none
 */
public record TrainingProgress(
        int launch, int batch, List<Integer> steps, SortedMap<String, List<@Nullable Double>> metrics) {

    /** Largest number of batches of a launch. */
    public static final int MAX_BATCHES = 300;

    /** Largest number of steps in a batch. */
    public static final int MAX_STEPS = 2_000;

    private static final int MAX_METRICS = 32;

    public TrainingProgress {
        steps = List.copyOf(steps);
        SortedMap<String, List<@Nullable Double>> columns = new TreeMap<>();
        for (Map.Entry<String, List<@Nullable Double>> column : metrics.entrySet()) {
            if (column.getValue().size() != steps.size()) {
                throw refused("values of " + column.getKey(), column.getValue().size(), steps.size() + ", one a step");
            }
            columns.put(column.getKey(), Collections.unmodifiableList(new ArrayList<>(column.getValue())));
        }
        metrics = Collections.unmodifiableSortedMap(columns);
        if (launch < 1) {
            throw refused("launch", launch, "1 or more");
        }
        if (batch < 1 || batch > MAX_BATCHES) {
            throw refused("batch", batch, "1 to " + MAX_BATCHES);
        }
        if (steps.size() > MAX_STEPS || metrics.size() > MAX_METRICS) {
            throw refused(
                    "batch " + batch,
                    steps.size() + " steps of " + metrics.size() + " metrics",
                    "at most " + MAX_STEPS + " of " + MAX_METRICS);
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i) <= steps.get(i - 1)) {
                throw refused("step after " + steps.get(i - 1), steps.get(i), "a later one");
            }
        }
    }

    private static RefusedException refused(String subject, Object value, String expected) {
        return RefusedException.of("BAD_PROGRESS", subject + " of a training run's progress", value, expected);
    }
}
