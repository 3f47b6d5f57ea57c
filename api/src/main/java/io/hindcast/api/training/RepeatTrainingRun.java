package io.hindcast.api.training;

import io.hindcast.api.model.Attribution;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Repeats a run that has succeeded, as a cycle of its own with the run's dataset, parameters and seed, to see whether
 * the same bundle comes out. The result is compared and recorded, never registered as a version. Answered by the
 * cycle's number. Refused with {@code CYCLE_RUNNING} while a cycle runs, and with {@code NOT_REPEATABLE} for a run that
 * has not succeeded, is a repetition itself, or whose dataset is purged.
 */
public record RepeatTrainingRun(TrainingRunId run, Attribution decision) {

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(run.symbol());
    }
}
