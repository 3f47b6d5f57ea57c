package io.hindcast.api.training;

import java.time.Instant;
import java.util.Optional;

/**
 * Query: the metrics of a run's latest launch, step by step. Answered by {@link LearningCurves}.
 *
 * @param asOf market time; empty for now
 */
public record FindLearningCurves(TrainingRunId run, Optional<Instant> asOf) {
    /** A query for now. */
    public FindLearningCurves(TrainingRunId run) {
        this(run, Optional.empty());
    }
}
