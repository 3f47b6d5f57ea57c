package io.hindcast.api.training;

/**
 * Query: what the worker of a run reported last. Answered by {@link RunReport}, or by nothing while no worker has the
 * run and after the run has ended.
 */
public record FindRunReport(TrainingRunId run) {}
