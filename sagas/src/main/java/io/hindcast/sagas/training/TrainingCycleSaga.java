package io.hindcast.sagas.training;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.PromotionPolicies;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.training.CancelTrainingCycle;
import io.hindcast.api.training.DatasetFailed;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.sagas.CommandSender;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;

/**
 * Takes one training cycle from its request to its end: a dataset, then a run per family, tried a few times; each
 * success is registered and its promotion begun at once, independently of the others; the cycle ends when every family
 * has settled. The rest of a promotion is done by {@link io.hindcast.sagas.promotion.PromotionSaga}.
 *
 * <p>Every step reacts to an event of the log and only sends commands, which are idempotent and carry identities
 * derived from symbol, cycle, family and attempt. State and token are stored together after the commands were accepted,
 * so after a crash in between the event is delivered again and the same commands are sent again. Each handler first
 * checks that the event is about the current attempt or version: repeated and late ones, deadlines above all, change
 * nothing.
 */
@ProcessingGroup(TrainingCycleSaga.PROCESSOR)
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE,
        setterVisibility = Visibility.NONE,
        creatorVisibility = Visibility.NONE)
@JsonIgnoreProperties(ignoreUnknown = true)
public class TrainingCycleSaga {
    /** The event processor that runs this saga. */
    public static final String PROCESSOR = "training-cycle";

    static final String BY_VERSION = "version";

    private @Nullable Symbol symbol;
    private int cycle;
    private boolean repetition;
    private @Nullable String firstSuccess;
    private @Nullable String end;
    private Map<ModelFamily, FamilyProgress> families = new TreeMap<>();

    @StartSaga
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingCycleRequested event, DeadlineManager deadlines, CycleLimits limits) {
        if (symbol != null) {
            return;
        }
        symbol = event.symbol();
        cycle = event.cycle();
        repetition = event.repetition().isPresent();
        event.families().forEach(family -> families.put(family, FamilyProgress.WITHOUT_DATASET));
        firstSuccess = deadlines.schedule(
                limits.timeouts().firstSuccess(), FirstSuccessDeadline.NAME, new FirstSuccessDeadline());
        end = deadlines.schedule(limits.timeouts().cycle(), CycleDeadline.NAME, new CycleDeadline());
    }

    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(DatasetRecorded event, CommandGateway commands) {
        families.replaceAll((family, progress) -> progress.stage() == FamilyProgress.Stage.SLICING
                ? start(family, 1, event.recordedAt(), commands)
                : progress);
        endIfSettled(event.recordedAt(), commands);
    }

    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(DatasetFailed event, CommandGateway commands) {
        settleSlicing(event.failedAt(), commands);
    }

    /** Its unfinished runs fail by events of their own. */
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingCycleCancelled event, CommandGateway commands) {
        settleSlicing(event.cancelledAt(), commands);
    }

    @DeadlineHandler(deadlineName = FirstSuccessDeadline.NAME)
    public void on(FirstSuccessDeadline deadline, CommandGateway commands, CycleLimits limits) {
        if (firstSuccess != null) {
            cancelCycle("no run succeeded within " + limits.timeouts().firstSuccess(), commands, limits);
        }
    }

    @DeadlineHandler(deadlineName = CycleDeadline.NAME)
    public void on(CycleDeadline deadline, CommandGateway commands, CycleLimits limits) {
        cancelCycle("it did not end within " + limits.timeouts().cycle(), commands, limits);
    }

    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingRunQueued event, DeadlineManager deadlines, CycleLimits limits) {
        FamilyProgress progress = of(event.run());
        if (progress.isQueued(event.run().attempt(), 0) && progress.deadline() == null) {
            awaitClaim(event.run(), progress, deadlines, limits);
        }
    }

    @DeadlineHandler(deadlineName = ClaimDeadline.NAME)
    public void on(ClaimDeadline deadline, CommandGateway commands, CycleLimits limits) {
        TrainingRunId run = deadline.run();
        if (of(run).isQueued(run.attempt(), deadline.claims())) {
            CommandSender.accepted(commands, new FailTrainingRun(run.symbol(), run, limits.noWorker(), limits.now()));
        }
    }

    /** The timeout of a run begins here, and anew with a worker that takes over from one that crashed. */
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingRunClaimed event, DeadlineManager deadlines, CycleLimits limits) {
        TrainingRunId run = event.run();
        FamilyProgress progress = of(run);
        if (progress.isRunning(run.attempt()) && event.claim() > progress.claim()) {
            cancel(progress, deadlines);
            String deadline =
                    deadlines.schedule(limits.timeouts().run(), RunDeadline.NAME, new RunDeadline(run, event.claim()));
            families.put(run.family(), progress.training(event.claim()).withDeadline(deadline));
        }
    }

    @DeadlineHandler(deadlineName = RunDeadline.NAME)
    public void on(RunDeadline deadline, CommandGateway commands, CycleLimits limits) {
        TrainingRunId run = deadline.run();
        if (of(run).isTraining(run.attempt(), deadline.claim())) {
            CommandSender.accepted(commands, new FailTrainingRun(run.symbol(), run, limits.noResult(), limits.now()));
        }
    }

    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingRunReleased event, DeadlineManager deadlines, CycleLimits limits) {
        FamilyProgress progress = of(event.run());
        if (progress.isTraining(event.run().attempt(), event.claim())) {
            cancel(progress, deadlines);
            awaitClaim(event.run(), progress.queuedAgain(), deadlines, limits);
        }
    }

    private void awaitClaim(TrainingRunId run, FamilyProgress progress, DeadlineManager deadlines, CycleLimits limits) {
        String deadline = deadlines.schedule(
                limits.timeouts().claim(), ClaimDeadline.NAME, new ClaimDeadline(run, progress.claim()));
        families.put(run.family(), progress.withDeadline(deadline));
    }

    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingRunFailed event, CommandGateway commands, DeadlineManager deadlines, CycleLimits limits) {
        ModelFamily family = event.run().family();
        FamilyProgress progress = of(event.run());
        if (!progress.isRunning(event.run().attempt())) {
            return;
        }
        cancel(progress, deadlines);
        if (event.failure().retryable() && progress.attempt() < limits.attempts()) {
            families.put(family, start(family, progress.attempt() + 1, event.failedAt(), commands));
        } else {
            families.put(family, progress.settled());
        }
        endIfSettled(event.failedAt(), commands);
    }

    /** Registers the candidate as a version, unless it only repeats an earlier run. */
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingRunSucceeded event, CommandGateway commands, DeadlineManager deadlines, CycleLimits limits) {
        TrainingRunId run = event.run();
        FamilyProgress progress = of(run);
        if (!progress.isRunning(run.attempt())) {
            return;
        }
        cancel(progress, deadlines);
        cancelFirstSuccess(deadlines);
        if (repetition) {
            families.put(run.family(), progress.settled());
            endIfSettled(event.finishedAt(), commands);
            return;
        }
        boolean accepted = CommandSender.accepted(
                commands,
                new RegisterVersion(
                        run.model(),
                        run.toString(),
                        event.artifact(),
                        event.scorer(),
                        event.provenance(),
                        event.evaluation(),
                        event.finishedAt(),
                        limits.expiresAfter()));
        families.put(run.family(), accepted ? progress.registering() : progress.settled());
        endIfSettled(event.finishedAt(), commands);
    }

    /** A refused or declined promotion settles the family; the version stays registered. */
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(VersionRegistered event, CommandGateway commands, PromotionPolicies policies) {
        VersionId version = event.version();
        ModelFamily family = version.model().family();
        FamilyProgress progress = of(TrainingRunId.parse(event.trainingRun()));
        if (progress.stage() != FamilyProgress.Stage.REGISTERING) {
            return;
        }
        SagaLifecycle.associateWith(BY_VERSION, version.toString());
        boolean accepted = CommandSender.accepted(
                commands,
                new BeginPromotion(version.model(), version.number(), policies.of(family), event.trainedAt()));
        families.put(family, accepted ? progress.promoting(version.number()) : progress.settled());
        endIfSettled(event.trainedAt(), commands);
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(SlotsShifted event, CommandGateway commands) {
        settle(event.version(), event.shiftedAt(), commands);
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(PromotionDeclined event, CommandGateway commands) {
        settle(event.version(), event.declinedAt(), commands);
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(PromotionAbandoned event, CommandGateway commands) {
        settle(event.version(), event.abandonedAt(), commands);
    }

    @EndSaga
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingCycleEnded event, DeadlineManager deadlines) {
        cancelFirstSuccess(deadlines);
        String scheduled = end;
        if (scheduled != null) {
            deadlines.cancelSchedule(CycleDeadline.NAME, scheduled);
            end = null;
        }
    }

    private FamilyProgress start(ModelFamily family, int attempt, Instant at, CommandGateway commands) {
        Symbol market = Objects.requireNonNull(symbol, "set by the saga's first event");
        QueueTrainingRun queue = new QueueTrainingRun(market, new TrainingRunId(market, cycle, family, attempt), at);
        FamilyProgress queued = FamilyProgress.queued(attempt);
        return CommandSender.accepted(commands, queue) ? queued : queued.settled();
    }

    private void settle(VersionId version, Instant at, CommandGateway commands) {
        FamilyProgress progress = of(version);
        if (progress.isPromoting(version.number())) {
            families.put(version.model().family(), progress.settled());
            endIfSettled(at, commands);
        }
    }

    private void settleSlicing(Instant at, CommandGateway commands) {
        families.replaceAll(
                (_, progress) -> progress.stage() == FamilyProgress.Stage.SLICING ? progress.settled() : progress);
        endIfSettled(at, commands);
    }

    /** A promotion that is under way goes on; its own deadlines bound it. */
    private void cancelCycle(String reason, CommandGateway commands, CycleLimits limits) {
        Symbol market = symbol;
        if (market != null) {
            CommandSender.accepted(commands, new CancelTrainingCycle(market, cycle, "deadline", reason, limits.now()));
        }
    }

    private void cancelFirstSuccess(DeadlineManager deadlines) {
        String scheduled = firstSuccess;
        if (scheduled != null) {
            deadlines.cancelSchedule(FirstSuccessDeadline.NAME, scheduled);
            firstSuccess = null;
        }
    }

    private void endIfSettled(Instant at, CommandGateway commands) {
        Symbol market = symbol;
        if (market != null && families.values().stream().allMatch(p -> p.stage() == FamilyProgress.Stage.SETTLED)) {
            CommandSender.accepted(commands, new EndTrainingCycle(market, cycle, at));
        }
    }

    private FamilyProgress of(TrainingRunId run) {
        return families.getOrDefault(run.family(), FamilyProgress.queued(0).settled());
    }

    private FamilyProgress of(VersionId version) {
        return families.getOrDefault(
                version.model().family(), FamilyProgress.queued(0).settled());
    }

    private static void cancel(FamilyProgress progress, DeadlineManager deadlines) {
        String deadline = progress.deadline();
        if (deadline != null) {
            deadlines.cancelSchedule(progress.stage().deadline(), deadline);
        }
    }
}
