package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingRunId;

/**
 * Deadline: a worker should have begun this run by now. It may come late, twice, or when the run has long ended.
 *
 * @param claims how often it had been begun and left before it waited, 0 or more
 */
public record ClaimDeadline(TrainingRunId run, int claims) {
    static final String NAME = "training-run-waits";
}
