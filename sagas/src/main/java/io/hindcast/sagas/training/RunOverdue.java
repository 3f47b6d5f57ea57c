package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingRunId;

/**
 * Deadline: this beginning of a run should have come to an end by now. It may come late, twice, or when the run has
 * long ended.
 *
 * @param beginning which one, from 1
 */
public record RunOverdue(TrainingRunId run, int beginning) {
    static final String NAME = "training-run";
}
