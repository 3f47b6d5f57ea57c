package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingRunId;

/**
 * Deadline: this claim of a run should have come to an end by now. It may come late, twice, or when the run has long
 * ended.
 *
 * @param claim which one, from 1
 */
public record RunDeadline(TrainingRunId run, int claim) {
    static final String NAME = "training-run";
}
