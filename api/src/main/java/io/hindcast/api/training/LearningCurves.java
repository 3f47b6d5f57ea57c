package io.hindcast.api.training;

import java.util.List;

/**
 * The metrics of a training run, step by step.
 *
 * @param curves by name of the metric; none before the first batch
 */
public record LearningCurves(TrainingRunId run, List<Curve> curves) {
    public LearningCurves {
        curves = List.copyOf(curves);
    }

    /**
     * One metric.
     *
     * @param steps ascending
     * @param values as long as {@code steps}
     */
    public record Curve(String metric, List<Integer> steps, List<Double> values) {
        public Curve {
            steps = List.copyOf(steps);
            values = List.copyOf(values);
        }
    }
}
