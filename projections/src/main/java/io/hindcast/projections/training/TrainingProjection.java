package io.hindcast.projections.training;

import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes training cycles and their runs. These events are rare, so each is written at once. */
public final class TrainingProjection {

    private final TableWriter tables;

    public TrainingProjection(TableWriter tables) {
        this.tables = tables;
    }

    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingCycleRequested requested -> insertCycle(requested);
            case TrainingRunQueued queued -> insertRun(queued);
            case TrainingRunClaimed claimed -> setState(claimed.run(), "RUNNING", claimed.claimedAt());
            case TrainingRunReleased released -> setState(released.run(), "WAITING", released.releasedAt());
            case TrainingRunSucceeded succeeded -> endRun(succeeded.run(), "SUCCEEDED", succeeded.finishedAt(), null);
            case TrainingRunFailed failed ->
                endRun(
                        failed.run(),
                        "FAILED",
                        failed.failedAt(),
                        failed.failure().line());
            case TrainingCycleEnded ended -> endCycle(ended);
        }
    }

    private void insertCycle(TrainingCycleRequested event) {
        tables.update(
                """
                insert into @training_cycle (symbol, number, reason, state, requested_at, data_from, data_to)
                values (?, ?, ?, 'RUNNING', ?, ?, ?)
                on conflict (symbol, number) do nothing
                """,
                event.symbol().value(),
                event.cycle(),
                event.reason(),
                event.requestedAt(),
                event.spec().dataFrom(),
                event.spec().dataTo());
    }

    private void insertRun(TrainingRunQueued event) {
        TrainingRunId run = event.run();
        tables.update(
                """
                insert into @training_run (run, symbol, cycle, family, attempt, state, started_at, since)
                values (?, ?, ?, ?, ?, 'WAITING', ?, ?)
                on conflict (run) do nothing
                """,
                run.toString(),
                run.symbol().value(),
                run.cycle(),
                run.family(),
                run.attempt(),
                event.queuedAt(),
                event.queuedAt());
    }

    private void setState(TrainingRunId run, String state, Instant since) {
        tables.update("update @training_run set state = ?, since = ? where run = ?", state, since, run.toString());
    }

    private void endRun(TrainingRunId run, String state, Instant at, @Nullable String reason) {
        tables.update(
                "update @training_run set state = ?, since = ?, ended_at = ?, reason = ? where run = ?",
                state,
                at,
                at,
                reason,
                run.toString());
    }

    /** Ends a cycle, which succeeded if at least one of its runs did. */
    private void endCycle(TrainingCycleEnded event) {
        tables.update(
                "update @training_cycle set state = ?, ended_at = ? where symbol = ? and number = ?",
                event.succeeded() > 0 ? "SUCCEEDED" : "FAILED",
                event.endedAt(),
                event.symbol().value(),
                event.cycle());
    }
}
