package io.hindcast.command.training;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.CancelTrainingCycle;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.CompleteTrainingRun;
import io.hindcast.api.training.DatasetFailed;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FailDataset;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.LaunchTrainingRun;
import io.hindcast.api.training.PurgeDataset;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.RecordDataset;
import io.hindcast.api.training.ReleaseTrainingRun;
import io.hindcast.api.training.RepeatTrainingRun;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunRepeated;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.command.training.TrainingRun.Status;
import java.util.ArrayList;
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
 * @param phase of the latest cycle
 * @param dataset of the latest cycle, once it is recorded
 * @param kept datasets of all cycles that are not purged
 * @param runs of the latest cycle, in the order in which they were queued
 */
record TrainingProgramState(
        Optional<TrainingCycleRequested> cycle,
        Phase phase,
        Optional<DatasetRef> dataset,
        KeptDatasets kept,
        Map<TrainingRunId, TrainingRun> runs) {

    /** Phase of a cycle. */
    enum Phase {
        /** Its dataset is being sliced, or its runs go on. */
        RUNNING,
        /** No further run begins: it was cancelled, or its dataset failed. */
        CLOSING,
        ENDED
    }

    static final TrainingProgramState EMPTY =
            new TrainingProgramState(Optional.empty(), Phase.ENDED, Optional.empty(), KeptDatasets.NONE, Map.of());

    TrainingProgramState {
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    }

    List<TrainingEvent> decide(RequestTrainingCycle command) {
        String subject = "training of " + command.symbol();
        requireNoCycle(subject);
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
                command.symbol(),
                number() + 1,
                command.reason(),
                command.families(),
                spec,
                command.requestedAt(),
                Optional.empty()));
    }

    /** The dataset of a repetition is that of the run it repeats. */
    List<TrainingEvent> decide(RepeatTrainingRun command) {
        requireNoCycle("repetition of run " + command.run());
        int next = number() + 1;
        TrainingCycleRequested repetition = kept.repetition(command, next);
        return List.of(
                repetition,
                new DatasetRecorded(
                        repetition.symbol(), next, kept.repeatable(command).dataset(), repetition.requestedAt()));
    }

    List<TrainingEvent> decide(PurgeDataset command) {
        Optional<DatasetRef> purged = kept.dataset(command.digest());
        if (purged.isEmpty()) {
            return List.of();
        }
        if (phase != Phase.ENDED && dataset.equals(purged)) {
            throw RefusedException.of(
                    "DATASET_IN_USE",
                    "purge of dataset " + command.digest(),
                    "requested while cycle " + number() + " of " + command.symbol() + " reads it",
                    "a dataset that no cycle reads");
        }
        return List.of(new DatasetPurged(command.symbol(), purged.get().manifest(), command.purgedAt()));
    }

    private void requireNoCycle(String subject) {
        if (phase != Phase.ENDED) {
            throw RefusedException.of(
                    "CYCLE_RUNNING", subject, "requested while cycle " + number() + " runs", "one cycle at a time");
        }
    }

    List<TrainingEvent> decide(QueueTrainingRun command) {
        TrainingRunId run = command.run();
        if (runs.containsKey(run)) {
            return List.of();
        }
        TrainingCycleRequested current = runningCycle(run, command.symbol());
        DatasetRef sliced = dataset.orElseThrow(() -> RefusedException.of(
                "NO_DATASET", "start of run " + run, "requested before its dataset is recorded", "a recorded dataset"));
        AttemptPolicy.check(run, current, runs);
        return List.of(new TrainingRunQueued(run, current.spec(), sliced, command.queuedAt()));
    }

    /** A dataset that comes after the cycle was cancelled is ignored. */
    List<TrainingEvent> decide(RecordDataset command) {
        checkCycle(command.symbol(), command.cycle());
        if (command.cycle() < number() || phase != Phase.RUNNING) {
            return List.of();
        }
        if (dataset.isPresent()) {
            if (!dataset.get().equals(command.dataset())) {
                throw RefusedException.of(
                        "OTHER_DATASET",
                        "dataset of cycle " + command.cycle() + " of " + command.symbol(),
                        command.dataset().manifest().sha256(),
                        "the recorded one, " + dataset.get().manifest().sha256());
            }
            return List.of();
        }
        return List.of(new DatasetRecorded(command.symbol(), command.cycle(), command.dataset(), command.recordedAt()));
    }

    List<TrainingEvent> decide(FailDataset command) {
        checkCycle(command.symbol(), command.cycle());
        return command.cycle() < number() || phase != Phase.RUNNING || dataset.isPresent()
                ? List.of()
                : List.of(new DatasetFailed(command.symbol(), command.cycle(), command.failure(), command.failedAt()));
    }

    List<TrainingEvent> decide(CancelTrainingCycle command) {
        checkCycle(command.symbol(), command.cycle());
        if (command.cycle() < number() || phase != Phase.RUNNING) {
            return List.of();
        }
        List<TrainingEvent> events = new ArrayList<>();
        events.add(new TrainingCycleCancelled(
                command.symbol(), command.cycle(), command.by(), command.reason(), command.cancelledAt()));
        TrainingFailure failure = new TrainingFailure(
                "its cycle was cancelled by " + command.by() + ": " + command.reason(),
                "Request another cycle when you want one",
                false);
        runs.forEach((id, run) -> {
            if (run.status() == Status.RUNNING) {
                events.add(new TrainingRunFailed(id, failure, command.cancelledAt()));
            }
        });
        return events;
    }

    List<TrainingEvent> decide(LaunchTrainingRun command) {
        TrainingRun run = run(command.run());
        if (run.status() != Status.RUNNING || run.isLaunchedWith(command.tokenHash())) {
            return List.of();
        }
        return List.of(new TrainingRunLaunched(
                command.run(),
                run.launches() + 1,
                command.provider(),
                command.machine(),
                command.tokenHash(),
                command.parameters(),
                command.launchedAt()));
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
        if (!endsNow(command.run(), Status.SUCCEEDED)) {
            return List.of();
        }
        List<TrainingEvent> events = new ArrayList<>();
        events.add(new TrainingRunSucceeded(
                command.run(),
                command.artifact(),
                command.scorer(),
                command.provenance(),
                command.evaluation(),
                command.finishedAt()));
        cycle.flatMap(TrainingCycleRequested::repetition)
                .ifPresent(repetition -> events.add(new TrainingRunRepeated(
                        command.run(),
                        repetition.of(),
                        repetition.artifact(),
                        command.artifact(),
                        command.finishedAt())));
        return events;
    }

    List<TrainingEvent> decide(FailTrainingRun command) {
        return endsNow(command.run(), Status.FAILED)
                ? List.of(new TrainingRunFailed(command.run(), command.failure(), command.failedAt()))
                : List.of();
    }

    List<TrainingEvent> decide(EndTrainingCycle command) {
        checkCycle(command.symbol(), command.cycle());
        if (command.cycle() < number() || phase == Phase.ENDED) {
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

    private void checkCycle(Symbol symbol, int wanted) {
        if (wanted < 1 || wanted > number()) {
            throw RefusedException.of("NO_SUCH_CYCLE", "cycle of " + symbol, wanted, "1 to " + number());
        }
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
        boolean running = phase == Phase.RUNNING;
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
            case TrainingCycleRequested next ->
                new TrainingProgramState(Optional.of(next), Phase.RUNNING, Optional.empty(), kept, Map.of());
            case TrainingCycleCancelled _, DatasetFailed _ -> with(Phase.CLOSING);
            case DatasetRecorded recorded ->
                new TrainingProgramState(
                        cycle, phase, Optional.of(recorded.dataset()), kept.with(recorded.dataset()), runs);
            case TrainingRunLaunched launched -> with(launched.run(), run -> run.launched(launched));
            case TrainingRunQueued queued -> with(queued.run(), run -> TrainingRun.QUEUED);
            case TrainingRunClaimed claimed ->
                with(claimed.run(), run -> run.claimed(claimed.claim(), claimed.worker()));
            case TrainingRunReleased released -> with(released.run(), TrainingRun::released);
            case TrainingRunSucceeded succeeded -> succeeded(succeeded);
            case TrainingRunFailed failed -> with(failed.run(), run -> run.ended(Status.FAILED));
            case TrainingRunRepeated _ -> this;
            case DatasetPurged purged ->
                new TrainingProgramState(cycle, phase, dataset, kept.without(purged.manifest()), runs);
            case TrainingCycleEnded _ -> with(Phase.ENDED);
        };
    }

    private TrainingProgramState succeeded(TrainingRunSucceeded event) {
        TrainingProgramState after = with(event.run(), run -> run.ended(Status.SUCCEEDED));
        TrainingCycleRequested current = cycle.orElseThrow();
        if (current.repetition().isPresent() || dataset.isEmpty()) {
            return after;
        }
        KeptDatasets.Trained trained = new KeptDatasets.Trained(
                current.spec(), dataset.get(), after.run(event.run()).parameters(), event.artifact());
        return new TrainingProgramState(cycle, phase, dataset, kept.with(event.run(), trained), after.runs());
    }

    private TrainingProgramState with(Phase next) {
        return new TrainingProgramState(cycle, next, dataset, kept, runs);
    }

    private TrainingProgramState with(TrainingRunId id, UnaryOperator<TrainingRun> change) {
        Map<TrainingRunId, TrainingRun> next = new LinkedHashMap<>(runs);
        next.put(id, change.apply(next.getOrDefault(id, TrainingRun.QUEUED)));
        return new TrainingProgramState(cycle, phase, dataset, kept, next);
    }
}
