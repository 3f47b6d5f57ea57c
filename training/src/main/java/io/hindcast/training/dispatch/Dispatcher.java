package io.hindcast.training.dispatch;

import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.LaunchTrainingRun;
import io.hindcast.api.training.ReleaseTrainingRun;
import io.hindcast.api.training.Repetition;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.runtime.Outages;
import io.hindcast.training.TrainingProperties;
import io.hindcast.training.compute.ComputeProvider;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.StartRefusedException;
import io.hindcast.training.run.Contacts;
import io.hindcast.training.run.RunState;
import io.hindcast.training.run.RunToken;
import io.hindcast.training.run.TrainingLog;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings queued runs to machines and watches them. A run whose machine ends without a result, or whose worker falls
 * silent, fails; a run that an earlier process launched goes on with its worker if that lives, and is launched again
 * otherwise. However a run ends, its machine is released. Its turns are those of a supervised loop.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final int TURNS_BETWEEN_SWEEPS = 60;

    /** Machines started for one run, over all restarts of the platform. */
    private static final int MOST_LAUNCHES = 10;

    /** Time that a worker may need beside its time budget: to load, evaluate and upload. */
    private static final Duration BESIDE_BUDGET = Duration.ofMinutes(30);

    private static final TrainingFailure UNREACHED =
            new TrainingFailure("", "See whether the machine can reach the platform; it is tried again", true);

    private final OpenWork work;
    private final TrainingLog training;
    private final ComputeProvider provider;
    private final Contacts contacts;
    private final TrainingCommands commands;
    private final InstantSource marketClock;
    private final Supplier<Optional<URI>> platform;
    private final Outages outages;
    private final TrainingProperties settings;
    private final SecureRandom random = new SecureRandom();
    /** Runs whose worker this process has started, or heard of. */
    private final Set<TrainingRunId> own = new HashSet<>();

    private int turns;

    Dispatcher(
            TrainingLoops.Parts parts,
            ComputeProvider provider,
            TrainingCommands commands,
            Supplier<Optional<URI>> platform,
            Outages outages,
            TrainingProperties settings) {
        this.work = parts.work();
        this.training = parts.log();
        this.contacts = parts.contacts();
        this.marketClock = parts.marketClock();
        this.provider = provider;
        this.commands = commands;
        this.platform = platform;
        this.outages = outages;
        this.settings = settings;
    }

    void turn() throws InterruptedException {
        RuntimeException failure = null;
        if (turns++ % TURNS_BETWEEN_SWEEPS == 0) {
            try {
                sweep();
            } catch (RuntimeException e) {
                turns = 0;
                failure = e;
            }
        }
        for (TrainingRunId run : work.runs()) {
            try {
                attend(run);
            } catch (RuntimeException e) {
                // The other runs are attended to all the same.
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        work.await(LOOK);
    }

    /** Releases machines of runs that are over, which an earlier process left behind or a provider made late. */
    private void sweep() {
        for (TrainingRunId run : provider.machines()) {
            if (isOver(training.run(run))) {
                log.info("Releasing machine {} of a run that is over", provider.machine(run));
                if (!provider.release(run)) {
                    work.add(run);
                }
            } else {
                work.add(run);
            }
        }
    }

    private static boolean isOver(Optional<RunState> run) {
        return run.isEmpty() || run.get().end().isPresent();
    }

    private void attend(TrainingRunId run) {
        Optional<RunState> state = training.run(run);
        if (isOver(state)) {
            if (provider.release(run)) {
                contacts.end(run);
                own.remove(run);
                outages.over(part(run));
                work.done(run);
            }
        } else if (state.get().launched().isEmpty()) {
            launchIfFree(run, state.get());
        } else if (state.get().launched().get().provider().equals(provider.name())) {
            watch(run, state.get());
        }
    }

    private void watch(TrainingRunId run, RunState state) {
        Optional<Contacts.Silence> silence = contacts.silence(run);
        if (silence.isPresent() && silence.get().heard()) {
            own.add(run);
        }
        MachineState machine = provider.look(run);
        Optional<TrainingFailure> obstacle =
                machine instanceof MachineState.Starting starting ? starting.obstacle() : Optional.empty();
        report(run, obstacle);
        switch (machine) {
            case MachineState.Running _ ->
                checkSilence(run, state, silence, settings.worker().silence(), UNREACHED);
            case MachineState.Starting _ ->
                checkSilence(run, state, silence, settings.worker().startTimeout(), obstacle.orElse(UNREACHED));
            case MachineState.Ended ended -> lost(run, state, ended.failure());
            case MachineState.Gone _ ->
                lost(run, state, new TrainingFailure("its machine has vanished", "It is tried again", true));
        }
    }

    /** Reports what keeps a machine from starting, or that nothing does any more. */
    private void report(TrainingRunId run, Optional<TrainingFailure> obstacle) {
        obstacle.ifPresentOrElse(
                what -> outages.degraded(
                        part(run), "Run " + run + " waits for its machine: " + what.reason(), what.remedy()),
                () -> outages.over(part(run)));
    }

    private static String part(TrainingRunId run) {
        return "machine of " + run;
    }

    /** @param cause why it may be silent */
    private void checkSilence(
            TrainingRunId run,
            RunState state,
            Optional<Contacts.Silence> silence,
            Duration limit,
            TrainingFailure cause) {
        if (silence.isEmpty()) {
            contacts.expect(run);
        } else if (silence.get().lasting().compareTo(limit) > 0) {
            lost(
                    run,
                    state,
                    new TrainingFailure(
                            "its worker has not been heard of for "
                                    + silence.get().lasting().toSeconds() + " s"
                                    + (cause.reason().isEmpty() ? "" : ": " + cause.reason()),
                            cause.remedy(),
                            true));
        }
    }

    /** Ends a run whose worker is lost; one that this process has only inherited is launched again instead. */
    private void lost(TrainingRunId run, RunState state, TrainingFailure failure) {
        if (own.contains(run)) {
            // The worker may have reported its result just before it ended.
            if (!isOver(training.run(run))) {
                log.warn("Training run {} lost its worker: {}", run, failure.reason());
                commands.accepted(new FailTrainingRun(run.symbol(), run, failure, marketClock.instant()));
            }
        } else {
            if (!provider.release(run)) {
                return;
            }
            log.info("Training run {} is launched again: {}", run, failure.reason());
            contacts.end(run);
            state.worker()
                    .ifPresent(worker -> commands.accepted(
                            new ReleaseTrainingRun(run.symbol(), run, worker, marketClock.instant())));
            launchIfFree(run, state);
        }
    }

    private void launchIfFree(TrainingRunId run, RunState state) {
        Optional<URI> address = platform.get();
        if (address.isEmpty() || provider.machines().size() >= provider.capacity()) {
            return;
        }
        Optional<TrainingRunLaunched> before = state.launched();
        if (before.isPresent() && before.get().launch() >= MOST_LAUNCHES) {
            TrainingFailure failure = new TrainingFailure(
                    "its machine was started " + MOST_LAUNCHES + " times without a result",
                    "See in the log why machines of " + provider.name() + " end",
                    false);
            commands.accepted(new FailTrainingRun(run.symbol(), run, failure, marketClock.instant()));
            return;
        }
        RunToken token = RunToken.draw(run, random);
        boolean accepted = commands.accepted(new LaunchTrainingRun(
                run.symbol(),
                run,
                provider.name(),
                provider.machine(run),
                token.hash(),
                before.map(TrainingRunLaunched::parameters).orElseGet(() -> parameters(run)),
                marketClock.instant()));
        if (accepted) {
            contacts.expect(run);
            start(new MachineRequest(
                    run,
                    address.get(),
                    token.text(),
                    settings.worker().startTimeout().plus(settings.timeBudget()).plus(BESIDE_BUDGET)));
        }
    }

    private void start(MachineRequest request) {
        TrainingRunId run = request.run();
        try {
            provider.start(request);
            own.add(run);
        } catch (StartRefusedException e) {
            log.warn("Training run {} is refused a machine: {}", run, e.getMessage());
            commands.accepted(new FailTrainingRun(run.symbol(), run, e.failure(), marketClock.instant()));
        }
    }

    /** Returns the parameters of a run's first launch: those of the run that it repeats, or the settings. */
    private SortedMap<String, String> parameters(TrainingRunId run) {
        return training.cycle(run.symbol())
                .requested()
                .flatMap(TrainingCycleRequested::repetition)
                .map(Repetition::parameters)
                .orElseGet(() -> settings.parameters(run.family()));
    }
}
