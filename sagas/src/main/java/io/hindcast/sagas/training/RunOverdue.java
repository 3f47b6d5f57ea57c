package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingRunId;

/** Deadline: this run should have ended by now. It may come late, twice, or when the run has long ended. */
public record RunOverdue(TrainingRunId run) {
    static final String NAME = "training-run";
}
