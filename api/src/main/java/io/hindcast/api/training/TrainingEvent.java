package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;

/** An event of a symbol's training program. */
public sealed interface TrainingEvent
        permits TrainingCycleRequested,
                TrainingCycleCancelled,
                DatasetRecorded,
                DatasetFailed,
                TrainingRunQueued,
                TrainingRunLaunched,
                TrainingRunClaimed,
                TrainingRunReleased,
                TrainingRunSucceeded,
                TrainingRunFailed,
                TrainingRunRepeated,
                DatasetPurged,
                TrainingCycleEnded {
    Symbol symbol();
}
