package io.hindcast.api.training;

/** Query: the metrics of a run's latest launch, step by step. Answered by {@link LearningCurves}. */
public record FindLearningCurves(TrainingRunId run) {}
