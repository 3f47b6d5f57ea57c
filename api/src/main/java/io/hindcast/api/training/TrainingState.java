package io.hindcast.api.training;

/** How a cycle or a run stands. A cycle succeeds if at least one of its runs does. */
public enum TrainingState {
    RUNNING,
    SUCCEEDED,
    FAILED
}
