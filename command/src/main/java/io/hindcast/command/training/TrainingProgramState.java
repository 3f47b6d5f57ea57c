package io.hindcast.command.training;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.CompleteTrainingRun;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.ReleaseTrainingRun;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.command.training.TrainingRun.Status;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The state that a training program's decisions depend on, and these decisions. Immutable. Each {@code decide} returns
 * the events that follow from a command, none if it is a repetition, or throws the refusal.
 *
 * @param cycle the latest one
 * @param running whether it has not ended
 * @param runs of the latest cycle, in the order in which they were queued
 */
record TrainingProgramState(
        Optional<TrainingCycleRequested> cycle, boolean running, Map<TrainingRunId, TrainingRun> runs) {

    static final TrainingProgramState EMPTY = new TrainingProgramState(Optional.empty(), false, Map.of());

    TrainingProgramState {
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    }

    List<TrainingEvent> decide(RequestTrainingCycle command) {
        String subject = "training of " + command.symbol();
        if (running) {
            throw RefusedException.of(
                    "CYCLE_RUNNING", subject, "requested while cycle " + number() + " runs", "one cycle at a time");
        }
        if (command.families().isEmpty()
                || EnumSet.copyOf(command.families()).size()
                        != command.families().size()) {
            throw RefusedException.of(
                    "BAD_FAMILIES", "families for " + subject, command.families(), "1 or more, each once");
        }
        TrainingSpec spec = command.spec();
        if (!spec.dataFrom().isBefore(spec.dataTo())) {
            throw RefusedException.of(
                    "BAD_PERIOD", "dataFrom for " + subject, spec.dataFrom(), "before dataTo " + spec.dataTo());
        }
        return List.of(new TrainingCycleRequested(
                command.symbol(), number() + 1, command.reason(), command.families(), spec, command.requestedAt()));
    }

    List<TrainingEvent> decide(QueueTrainingRun command) {
        TrainingRunId run = command.run();
        if (runs.containsKey(run)) {
            return List.of();
        }
        TrainingCycleRequested current = runningCycle(run, command.symbol());
        AttemptPolicy.check(run, current, runs);
        return List.of(new TrainingRunQueued(run, current.spec(), command.queuedAt()));
    }

    /** A run whose workers have crashed too often fails instead. */
    List<TrainingEvent> decide(ClaimTrainingRun command) {
        TrainingRun run = run(command.run());
        if (run.status() != Status.RUNNING || run.isClaimedBy(command.worker())) {
            return List.of();
        }
        return List.of(
                run.mayBeClaimed()
                        ? new TrainingRunClaimed(command.run(), run.claims() + 1, command.worker(), command.claimedAt())
                        : new TrainingRunFailed(command.run(), TrainingRun.CRASHED_TOO_OFTEN, command.claimedAt()));
    }

    List<TrainingEvent> decide(ReleaseTrainingRun command) {
        TrainingRun run = runs.get(command.run());
        return run != null && run.isClaimedBy(command.worker())
                ? List.of(new TrainingRunReleased(command.run(), run.claims(), command.releasedAt()))
                : List.of();
    }

    List<TrainingEvent> decide(CompleteTrainingRun command) {
        return endsNow(command.run(), Status.SUCCEEDED)
                ? List.of(new TrainingRunSucceeded(
                        command.run(),
                        command.artifact(),
                        command.scorer(),
                        command.provenance(),
                        command.evaluation(),
                        command.finishedAt()))
                : List.of();
    }

    List<TrainingEvent> decide(FailTrainingRun command) {
        return endsNow(command.run(), Status.FAILED)
                ? List.of(new TrainingRunFailed(command.run(), command.failure(), command.failedAt()))
                : List.of();
    }

    List<TrainingEvent> decide(EndTrainingCycle command) {
        if (command.cycle() < 1 || command.cycle() > number()) {
            throw RefusedException.of(
                    "NO_SUCH_CYCLE", "cycle of " + command.symbol(), command.cycle(), "1 to " + number());
        }
        if (command.cycle() < number() || !running) {
            return List.of();
        }
        if (count(Status.RUNNING) > 0) {
            throw RefusedException.of(
                    "RUN_RUNNING",
                    "end of cycle " + command.cycle() + " of " + command.symbol(),
                    "requested while " + count(Status.RUNNING) + " of its runs go on",
                    "all of them to have ended");
        }
        return List.of(new TrainingCycleEnded(
                command.symbol(), command.cycle(), count(Status.SUCCEEDED), count(Status.FAILED), command.endedAt()));
    }

    /** Number of the latest cycle, 0 if there was none. */
    int number() {
        return cycle.map(TrainingCycleRequested::cycle).orElse(0);
    }

    boolean isClaimedBy(TrainingRunId id, String worker) {
        TrainingRun run = runs.get(id);
        return run != null && run.isClaimedBy(worker);
    }

    private boolean endsNow(TrainingRunId id, Status end) {
        Status before = run(id).status();
        if (before != Status.RUNNING && before != end) {
            throw RefusedException.of("RUN_ENDED", "run " + id, before + " before it " + end, "one end");
        }
        return before == Status.RUNNING;
    }

    private TrainingRun run(TrainingRunId id) {
        TrainingRun run = runs.get(id);
        if (run == null) {
            throw RefusedException.of("NO_SUCH_RUN", "run", id, "one of cycle " + number() + " that was queued");
        }
        return run;
    }

    private TrainingCycleRequested runningCycle(TrainingRunId run, Symbol symbol) {
        if (!running || run.cycle() != number() || !run.symbol().equals(symbol)) {
            throw RefusedException.of(
                    "NO_SUCH_RUN",
                    "run",
                    run,
                    running ? "one of the running cycle, " + symbol + "/" + number() : "a running cycle of " + symbol);
        }
        return cycle.orElseThrow();
    }

    private int count(Status status) {
        return (int)
                runs.values().stream().filter(run -> run.status() == status).count();
    }

    TrainingProgramState evolve(TrainingEvent event) {
        return switch (event) {
            case TrainingCycleRequested next -> new TrainingProgramState(Optional.of(next), true, Map.of());
            case TrainingRunQueued queued -> with(queued.run(), run -> TrainingRun.QUEUED);
            case TrainingRunClaimed claimed ->
                with(claimed.run(), run -> run.claimed(claimed.claim(), claimed.worker()));
            case TrainingRunReleased released -> with(released.run(), TrainingRun::released);
            case TrainingRunSucceeded succeeded -> with(succeeded.run(), run -> run.ended(Status.SUCCEEDED));
            case TrainingRunFailed failed -> with(failed.run(), run -> run.ended(Status.FAILED));
            case TrainingCycleEnded _ -> new TrainingProgramState(cycle, false, runs);
        };
    }

    private TrainingProgramState with(TrainingRunId id, UnaryOperator<TrainingRun> change) {
        Map<TrainingRunId, TrainingRun> next = new LinkedHashMap<>(runs);
        next.put(id, change.apply(next.getOrDefault(id, TrainingRun.QUEUED)));
        return new TrainingProgramState(cycle, running, next);
    }
}
