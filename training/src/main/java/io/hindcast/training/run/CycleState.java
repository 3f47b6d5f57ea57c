package io.hindcast.training.run;

import io.hindcast.api.training.DatasetFailed;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunRepeated;
import io.hindcast.api.training.TrainingRunSucceeded;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A symbol's latest cycle as its events have it. Immutable.
 *
 * @param requested its request; empty before the first cycle
 * @param awaitsDataset whether its dataset is still to be sliced
 * @param runs its runs
 */
public record CycleState(
        Optional<TrainingCycleRequested> requested, boolean awaitsDataset, Map<TrainingRunId, RunState> runs) {

    static final CycleState NONE = new CycleState(Optional.empty(), false, Map.of());

    public CycleState {
        runs = Map.copyOf(runs);
    }

    CycleState after(TrainingEvent event) {
        return switch (event) {
            case TrainingCycleRequested next -> new CycleState(Optional.of(next), true, Map.of());
            case DatasetRecorded _, DatasetFailed _, TrainingCycleCancelled _, TrainingCycleEnded _ ->
                new CycleState(requested, false, runs);
            case TrainingRunRepeated _, DatasetPurged _ -> this;
            case TrainingRunQueued queued -> with(queued.run(), RunState.of(queued));
            case TrainingRunLaunched launched -> with(launched.run(), run -> run.launchedAs(launched));
            case TrainingRunClaimed claimed -> with(claimed.run(), run -> run.claimedBy(claimed.worker()));
            case TrainingRunReleased released -> with(released.run(), RunState::released);
            case TrainingRunSucceeded succeeded -> with(succeeded.run(), run -> run.ended("it has succeeded already"));
            case TrainingRunFailed failed ->
                with(
                        failed.run(),
                        run -> run.ended("it was ended: " + failed.failure().reason()));
        };
    }

    private CycleState with(TrainingRunId id, UnaryOperator<RunState> change) {
        RunState run = runs.get(id);
        return run == null ? this : with(id, change.apply(run));
    }

    private CycleState with(TrainingRunId id, RunState run) {
        Map<TrainingRunId, RunState> next = new HashMap<>(runs);
        next.put(id, run);
        return new CycleState(requested, awaitsDataset, next);
    }
}
