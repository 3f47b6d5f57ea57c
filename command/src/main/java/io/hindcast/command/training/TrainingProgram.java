package io.hindcast.command.training;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

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
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunSucceeded;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A symbol's training: one cycle at a time, numbered from 1. In it each family has one run at a time, attempts 1, 2, 3,
 * … until one succeeds; a run ends once, well or badly, and the cycle ends when none is running.
 *
 * <p>Every command may be repeated; a repetition changes nothing.
 */
public class TrainingProgram {

    private enum Outcome {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    /**
     * What is known of the work on a run.
     *
     * @param times how often it was begun
     * @param deaths of workers in the middle of it, before the last beginning
     * @param worker who works on it; null if nobody does
     */
    private record Work(int times, int deaths, @Nullable String worker) {
        private static final Work NONE = new Work(0, 0, null);

        /** Deaths if the next to begin it is another worker. */
        int deathsByNow() {
            return worker == null ? deaths : deaths + 1;
        }
    }

    private static final TrainingFailure DIED_TOO_OFTEN = new TrainingFailure(
            "the worker process ended in the middle of it " + ClaimTrainingRun.MOST_DEATHS + " times",
            "Look for what ended the process, often a lack of memory: give it more, or learn from fewer days"
                    + " (hindcast.sagas.history-days)",
            true);

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private @Nullable TrainingCycleRequested cycle;
    private boolean running;
    /** The runs of the latest cycle. */
    private final Map<TrainingRunId, Outcome> runs = new LinkedHashMap<>();
    /** Of those runs that were begun. */
    private final Map<TrainingRunId, Work> work = new HashMap<>();

    /** For Axon. */
    public TrainingProgram() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    int handle(RequestTrainingCycle command) {
        String subject = "training of " + command.symbol();
        if (running) {
            throw RefusedException.of(
                    "CYCLE_RUNNING", subject, "asked for while cycle " + number() + " runs", "one cycle at a time");
        }
        if (command.families().isEmpty()
                || EnumSet.copyOf(command.families()).size()
                        != command.families().size()) {
            throw RefusedException.of(
                    "BAD_FAMILIES", "families for " + subject, command.families(), "1 or more, each once");
        }
        if (!command.dataFrom().isBefore(command.dataTo())) {
            throw RefusedException.of(
                    "BAD_PERIOD", "dataFrom for " + subject, command.dataFrom(), "before dataTo " + command.dataTo());
        }
        int next = number() + 1;
        apply(new TrainingCycleRequested(
                command.symbol(),
                next,
                command.reason(),
                command.families(),
                command.label(),
                command.dataFrom(),
                command.dataTo(),
                command.seed(),
                command.requestedAt()));
        return next;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(QueueTrainingRun command) {
        TrainingRunId run = command.run();
        if (runs.containsKey(run)) {
            return;
        }
        TrainingCycleRequested current = runningCycle(run, command.symbol());
        String subject = "start of run " + run;
        if (!current.families().contains(run.family())) {
            throw RefusedException.of(
                    "NO_SUCH_RUN",
                    subject,
                    "of a family not asked for",
                    current.families().toString());
        }
        int attempts = 0;
        for (Map.Entry<TrainingRunId, Outcome> entry : runs.entrySet()) {
            if (entry.getKey().family() == run.family()) {
                attempts++;
                if (entry.getValue() != Outcome.FAILED) {
                    throw RefusedException.of(
                            entry.getValue() == Outcome.RUNNING ? "RUN_RUNNING" : "RUN_SUCCEEDED",
                            subject,
                            "asked for though " + entry.getKey() + " is " + entry.getValue(),
                            "a family whose runs have all failed");
                }
            }
        }
        if (run.attempt() != attempts + 1) {
            throw RefusedException.of(
                    "BAD_ATTEMPT", "attempt of run " + run, run.attempt(), String.valueOf(attempts + 1));
        }
        apply(new TrainingRunQueued(
                run, current.label(), current.dataFrom(), current.dataTo(), current.seed(), command.queuedAt()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CompleteTrainingRun command) {
        if (ends(command.run(), Outcome.SUCCEEDED)) {
            apply(new TrainingRunSucceeded(
                    command.run(),
                    command.artifact(),
                    command.scorer(),
                    command.provenance(),
                    command.evaluation(),
                    command.finishedAt()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(FailTrainingRun command) {
        if (ends(command.run(), Outcome.FAILED)) {
            apply(new TrainingRunFailed(command.run(), command.failure(), command.failedAt()));
        }
    }

    /** Whether the worker may go on; a run whose workers have died too often fails instead. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(ClaimTrainingRun command) {
        TrainingRunId run = command.run();
        Outcome outcome = runs.get(run);
        if (outcome == null) {
            throw RefusedException.of("NO_SUCH_RUN", "run", run, "one of cycle " + number() + " that was started");
        }
        Work before = work.getOrDefault(run, Work.NONE);
        if (outcome != Outcome.RUNNING) {
            return false;
        }
        if (command.worker().equals(before.worker())) {
            return true;
        }
        if (before.deathsByNow() >= ClaimTrainingRun.MOST_DEATHS) {
            apply(new TrainingRunFailed(run, DIED_TOO_OFTEN, command.claimedAt()));
            return false;
        }
        apply(new TrainingRunClaimed(run, before.times() + 1, command.worker(), command.claimedAt()));
        return true;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReleaseTrainingRun command) {
        Work now = work.get(command.run());
        if (now != null
                && runs.get(command.run()) == Outcome.RUNNING
                && command.worker().equals(now.worker())) {
            apply(new TrainingRunReleased(command.run(), now.times(), command.releasedAt()));
        }
    }

    /** Whether this ends the run now; false if it has ended so before. */
    private boolean ends(TrainingRunId run, Outcome outcome) {
        Outcome before = runs.get(run);
        if (before == null) {
            throw RefusedException.of("NO_SUCH_RUN", "run", run, "one of cycle " + number() + " that was started");
        }
        if (before != Outcome.RUNNING && before != outcome) {
            throw RefusedException.of("RUN_ENDED", "run " + run, before + " before it " + outcome, "one end");
        }
        return before == Outcome.RUNNING;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndTrainingCycle command) {
        if (command.cycle() < 1 || command.cycle() > number()) {
            throw RefusedException.of(
                    "NO_SUCH_CYCLE", "cycle of " + command.symbol(), command.cycle(), "1 to " + number());
        }
        if (command.cycle() < number() || !running) {
            return;
        }
        if (count(Outcome.RUNNING) > 0) {
            throw RefusedException.of(
                    "RUN_RUNNING",
                    "end of cycle " + command.cycle() + " of " + command.symbol(),
                    "asked for while " + count(Outcome.RUNNING) + " of its runs go on",
                    "all of them to have ended");
        }
        apply(new TrainingCycleEnded(
                command.symbol(), command.cycle(), count(Outcome.SUCCEEDED), count(Outcome.FAILED), command.endedAt()));
    }

    private int count(Outcome outcome) {
        int count = 0;
        for (Outcome each : runs.values()) {
            count += each == outcome ? 1 : 0;
        }
        return count;
    }

    private int number() {
        return cycle == null ? 0 : cycle.cycle();
    }

    private TrainingCycleRequested runningCycle(TrainingRunId run, Symbol symbol) {
        if (cycle == null
                || !running
                || run.cycle() != cycle.cycle()
                || !run.symbol().equals(symbol)) {
            throw RefusedException.of(
                    "NO_SUCH_RUN",
                    "run",
                    run,
                    running ? "one of the running cycle, " + symbol + "/" + number() : "a running cycle of " + symbol);
        }
        return cycle;
    }

    @EventSourcingHandler
    void on(TrainingCycleRequested event) {
        aggregateId = TrainingProgramId.of(event.symbol());
        cycle = event;
        running = true;
        runs.clear();
        work.clear();
    }

    @EventSourcingHandler
    void on(TrainingRunQueued event) {
        runs.put(event.run(), Outcome.RUNNING);
    }

    @EventSourcingHandler
    void on(TrainingRunClaimed event) {
        Work before = work.getOrDefault(event.run(), Work.NONE);
        work.put(event.run(), new Work(event.claim(), before.deathsByNow(), event.worker()));
    }

    /** Nobody died: the process was stopped in good order. */
    @EventSourcingHandler
    void on(TrainingRunReleased event) {
        Work before = work.getOrDefault(event.run(), Work.NONE);
        work.put(event.run(), new Work(event.claim(), before.deaths(), null));
    }

    @EventSourcingHandler
    void on(TrainingRunSucceeded event) {
        runs.put(event.run(), Outcome.SUCCEEDED);
    }

    @EventSourcingHandler
    void on(TrainingRunFailed event) {
        runs.put(event.run(), Outcome.FAILED);
    }

    @EventSourcingHandler
    void on(TrainingCycleEnded event) {
        running = false;
    }
}
