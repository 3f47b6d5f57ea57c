package io.hindcast.sagas.training;

/** Deadline by which all runs of a cycle must have ended. It may fire late or twice. */
public record CycleDeadline() {
    static final String NAME = "training-cycle";
}
