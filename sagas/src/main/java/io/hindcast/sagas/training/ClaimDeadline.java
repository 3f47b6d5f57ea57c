package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingRunId;

/**
 * Deadline by which a worker must have claimed a queued run. It may fire late, twice, or after the run has ended.
 *
 * @param claims number of claims that were released before the run was queued, 0 or more
 */
public record ClaimDeadline(TrainingRunId run, int claims) {
    static final String NAME = "training-run-claim";
}
