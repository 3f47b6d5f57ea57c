package io.hindcast.api.training;

/** How a cycle or a run stands. A cycle succeeds if at least one of its runs does; only runs wait. */
public enum TrainingState {
    /** No worker works on it yet. */
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED
}
