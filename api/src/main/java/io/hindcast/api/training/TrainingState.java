package io.hindcast.api.training;

/** The state of a cycle or a run. A cycle succeeds if at least one of its runs does; only runs wait. */
public enum TrainingState {
    /** Queued for a worker. */
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** The cycle was cancelled, by a person or a deadline. */
    CANCELLED
}
