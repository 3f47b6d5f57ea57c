package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingRunId;

/**
 * Deadline by which a claimed run must have ended. It may fire late, twice, or after the run has ended.
 *
 * @param claim number of the claim, from 1
 */
public record RunDeadline(TrainingRunId run, int claim) {
    static final String NAME = "training-run";
}
