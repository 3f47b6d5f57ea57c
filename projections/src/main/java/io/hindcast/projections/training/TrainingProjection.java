package io.hindcast.projections.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.DatasetFailed;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunRepeated;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.projections.JsonColumn;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes training cycles, their runs and the runs' metrics. These events are rare, so each is written at once. */
public final class TrainingProjection {

    private final TableWriter tables;

    public TrainingProjection(TableWriter tables) {
        this.tables = tables;
    }

    /** @param wall when the event was recorded, by the wall clock */
    public void on(TrainingEvent event, Instant wall) {
        tables.setKnownAt(time(event));
        switch (event) {
            case TrainingCycleRequested requested -> insertCycle(requested, wall);
            case DatasetRecorded recorded -> setDataset(recorded, wall);
            case DatasetFailed failed ->
                setNote(
                        failed.symbol(),
                        failed.cycle(),
                        "FAILED",
                        failed.failure().line());
            case TrainingCycleCancelled cancelled ->
                setNote(
                        cancelled.symbol(),
                        cancelled.cycle(),
                        "CANCELLED",
                        "cancelled by " + cancelled.by() + ": " + cancelled.reason());
            case TrainingRunQueued queued -> insertRun(queued, wall);
            case TrainingRunLaunched launched -> setMachine(launched);
            case TrainingRunClaimed claimed -> setState(claimed.run(), "RUNNING", claimed.claimedAt(), wall);
            case TrainingRunReleased released -> setState(released.run(), "WAITING", released.releasedAt(), null);
            case TrainingRunSucceeded succeeded -> succeed(succeeded, wall);
            case TrainingRunFailed failed ->
                endRun(
                        failed.run(),
                        "FAILED",
                        failed.failedAt(),
                        failed.failure().line(),
                        wall);
            case TrainingRunRepeated repeated ->
                tables.update(
                        "update @training_run set reproduced = ? where run = ?",
                        repeated.reproduced(),
                        repeated.run().toString());
            case DatasetPurged _ -> {
                // Its cycles keep their description of it.
            }
            case TrainingCycleEnded ended -> endCycle(ended, wall);
        }
    }

    public void on(TrainingProgressRecorded event) {
        tables.update(
                """
                insert into @training_progress (run, launch, batch, steps, metrics, recorded_at)
                values (?, ?, ?, ?::jsonb, ?::jsonb, ?)
                on conflict (run, launch, batch) do nothing
                """,
                event.run().toString(),
                event.progress().launch(),
                event.progress().batch(),
                JsonColumn.of(event.progress().steps()),
                JsonColumn.of(event.progress().metrics()),
                event.recordedAt());
    }

    private static Instant time(TrainingEvent event) {
        return switch (event) {
            case TrainingCycleRequested requested -> requested.requestedAt();
            case DatasetRecorded recorded -> recorded.recordedAt();
            case DatasetFailed failed -> failed.failedAt();
            case TrainingCycleCancelled cancelled -> cancelled.cancelledAt();
            case TrainingRunQueued queued -> queued.queuedAt();
            case TrainingRunLaunched launched -> launched.launchedAt();
            case TrainingRunClaimed claimed -> claimed.claimedAt();
            case TrainingRunReleased released -> released.releasedAt();
            case TrainingRunSucceeded succeeded -> succeeded.finishedAt();
            case TrainingRunFailed failed -> failed.failedAt();
            case TrainingRunRepeated repeated -> repeated.comparedAt();
            case DatasetPurged purged -> purged.purgedAt();
            case TrainingCycleEnded ended -> ended.endedAt();
        };
    }

    private void insertCycle(TrainingCycleRequested event, Instant wall) {
        tables.update(
                """
                insert into @training_cycle
                    (symbol, number, reason, repeats, state, requested_at, data_from, data_to, wall_requested)
                values (?, ?, ?, ?::text, 'RUNNING', ?, ?, ?, ?)
                on conflict (symbol, number) do nothing
                """,
                event.symbol().value(),
                event.cycle(),
                event.reason(),
                event.repetition().map(repetition -> repetition.of().toString()),
                event.requestedAt(),
                event.spec().dataFrom(),
                event.spec().dataTo(),
                wall);
    }

    private void setDataset(DatasetRecorded event, Instant wall) {
        tables.update(
                "update @training_cycle set dataset = ?::jsonb, wall_begun = ? where symbol = ? and number = ?",
                JsonColumn.of(event.dataset()),
                wall,
                event.symbol().value(),
                event.cycle());
    }

    /** The cycle ends later, in this state. */
    private void setNote(Symbol symbol, int cycle, String state, String note) {
        tables.update(
                "update @training_cycle set state = ?, note = ? where symbol = ? and number = ?",
                state,
                note,
                symbol.value(),
                cycle);
    }

    private void insertRun(TrainingRunQueued event, Instant wall) {
        TrainingRunId run = event.run();
        tables.update(
                """
                insert into @training_run (run, symbol, cycle, family, attempt, state, started_at, since, wall_requested)
                values (?, ?, ?, ?, ?, 'WAITING', ?, ?, ?)
                on conflict (run) do nothing
                """,
                run.toString(),
                run.symbol().value(),
                run.cycle(),
                run.family(),
                run.attempt(),
                event.queuedAt(),
                event.queuedAt(),
                wall);
    }

    private void setMachine(TrainingRunLaunched event) {
        tables.update(
                "update @training_run set provider = ?, machine = ?, launches = ?, parameters = ?::jsonb where run = ?",
                event.provider(),
                event.machine(),
                event.launch(),
                JsonColumn.of(event.parameters()),
                event.run().toString());
    }

    private void setState(TrainingRunId run, String state, Instant since, @Nullable Instant wall) {
        tables.update(
                "update @training_run set state = ?, since = ?, wall_begun = ? where run = ?",
                state,
                since,
                wall,
                run.toString());
    }

    private void succeed(TrainingRunSucceeded event, Instant wall) {
        endRun(event.run(), "SUCCEEDED", event.finishedAt(), null, wall);
        tables.update(
                "update @training_run set artifact = ?::jsonb where run = ?",
                JsonColumn.of(event.artifact()),
                event.run().toString());
    }

    private void endRun(TrainingRunId run, String state, Instant at, @Nullable String reason, Instant wall) {
        tables.update(
                "update @training_run set state = ?, since = ?, ended_at = ?, reason = ?, wall_ended = ? where run = ?",
                state,
                at,
                at,
                reason,
                wall,
                run.toString());
    }

    /** Ends a cycle, which succeeded if at least one of its runs did, unless it was cancelled. */
    private void endCycle(TrainingCycleEnded event, Instant wall) {
        tables.update(
                """
                update @training_cycle
                set state = case when state = 'CANCELLED' then state else ? end, ended_at = ?, wall_ended = ?
                where symbol = ? and number = ?
                """,
                event.succeeded() > 0 ? "SUCCEEDED" : "FAILED",
                event.endedAt(),
                wall,
                event.symbol().value(),
                event.cycle());
    }
}
