package io.hindcast.sagas.training;

/** Deadline by which the first run of a cycle must have succeeded. It may fire late or twice. */
public record FirstSuccessDeadline() {
    static final String NAME = "training-first-success";
}
