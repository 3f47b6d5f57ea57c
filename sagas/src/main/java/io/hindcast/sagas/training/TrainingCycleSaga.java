package io.hindcast.sagas.training;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunSucceeded;
import java.time.Instant;
import java.util.Map;
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
 * Takes one training cycle from its request to its end: a run per family, tried a few times; each success is registered
 * and promoted at once, independently of the others; the cycle ends when every family has settled.
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
    private Map<ModelFamily, FamilyProgress> families = new TreeMap<>();

    @StartSaga
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingCycleRequested event, CommandGateway commands) {
        if (symbol != null) {
            return;
        }
        symbol = event.symbol();
        cycle = event.cycle();
        event.families().forEach(family -> families.put(family, FamilyProgress.queued(1)));
        for (ModelFamily family : families.keySet()) {
            start(family, event.requestedAt(), commands);
        }
        endIfSettled(event.requestedAt(), commands);
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
                    deadlines.schedule(limits.runTimeout(), RunDeadline.NAME, new RunDeadline(run, event.claim()));
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
        String deadline =
                deadlines.schedule(limits.waitTimeout(), ClaimDeadline.NAME, new ClaimDeadline(run, progress.claim()));
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
            families.put(family, FamilyProgress.queued(progress.attempt() + 1));
            start(family, event.failedAt(), commands);
        } else {
            families.put(family, progress.settled());
        }
        endIfSettled(event.failedAt(), commands);
    }

    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingRunSucceeded event, CommandGateway commands, DeadlineManager deadlines, CycleLimits limits) {
        TrainingRunId run = event.run();
        FamilyProgress progress = of(run);
        if (!progress.isRunning(run.attempt())) {
            return;
        }
        cancel(progress, deadlines);
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

    /** A refused promotion, as of a degenerate version, settles the family; the version stays registered. */
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(VersionRegistered event, CommandGateway commands) {
        VersionId version = event.version();
        ModelFamily family = version.model().family();
        FamilyProgress progress = of(TrainingRunId.parse(event.trainingRun()));
        if (progress.stage() != FamilyProgress.Stage.REGISTERING) {
            return;
        }
        SagaLifecycle.associateWith(BY_VERSION, version.toString());
        boolean accepted = CommandSender.accepted(
                commands, new BeginPromotion(version.model(), version.number(), event.trainedAt()));
        families.put(family, accepted ? progress.promoting(version.number()) : progress.settled());
        endIfSettled(event.trainedAt(), commands);
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(PromotionBegun event, DeadlineManager deadlines, CycleLimits limits) {
        FamilyProgress progress = of(event.version());
        if (progress.isPromoting(event.version().number()) && progress.deadline() == null) {
            String deadline = deadlines.schedule(
                    limits.promotionTimeout(), PromotionDeadline.NAME, new PromotionDeadline(event.version()));
            families.put(event.version().model().family(), progress.withDeadline(deadline));
        }
    }

    /**
     * If the promotion was completed in the meantime, the aggregate refuses; if its lane has only just joined, the
     * promotion is abandoned and the lane leaves again.
     */
    @DeadlineHandler(deadlineName = PromotionDeadline.NAME)
    public void on(PromotionDeadline deadline, CommandGateway commands, CycleLimits limits) {
        VersionId version = deadline.version();
        if (of(version).isPromoting(version.number())) {
            String reason = "its lane did not join within " + limits.promotionTimeout();
            CommandSender.accepted(
                    commands, new AbandonPromotion(version.model(), version.number(), reason, limits.now()));
        }
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(LaneJoined event, DeadlineManager deadlines, CycleLimits limits) {
        VersionId version = event.version();
        FamilyProgress progress = of(version);
        if (progress.isAwaitingLane(version.number())) {
            cancel(progress, deadlines);
            String deadline =
                    deadlines.schedule(limits.backfillTimeout(), BackfillDeadline.NAME, new BackfillDeadline(version));
            families.put(version.model().family(), progress.backfilling().withDeadline(deadline));
        }
    }

    /** A backfill that takes too long is given up and does not hold up the promotion. */
    @DeadlineHandler(deadlineName = BackfillDeadline.NAME)
    public void on(BackfillDeadline deadline, CommandGateway commands, CycleLimits limits) {
        VersionId version = deadline.version();
        if (of(version).isBackfilling(version.number())) {
            String reason = "it was not completed within " + limits.backfillTimeout();
            CommandSender.accepted(
                    commands, new GiveUpBackfill(version.model(), version.number(), reason, limits.now()));
        }
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(BackfillCompleted event, CommandGateway commands, DeadlineManager deadlines) {
        complete(event.version(), event.completedAt(), commands, deadlines);
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(BackfillGivenUp event, CommandGateway commands, DeadlineManager deadlines) {
        complete(event.version(), event.givenUpAt(), commands, deadlines);
    }

    private void complete(VersionId version, Instant at, CommandGateway commands, DeadlineManager deadlines) {
        FamilyProgress progress = of(version);
        if (progress.isBackfilling(version.number())) {
            cancel(progress, deadlines);
            CommandSender.accepted(commands, new CompletePromotion(version.model(), version.number(), at));
        }
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(SlotsShifted event, CommandGateway commands, DeadlineManager deadlines) {
        settle(event.version(), event.shiftedAt(), commands, deadlines);
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(PromotionAbandoned event, CommandGateway commands, DeadlineManager deadlines) {
        settle(event.version(), event.abandonedAt(), commands, deadlines);
    }

    @EndSaga
    @SagaEventHandler(associationResolver = CycleAssociation.class, associationProperty = CycleAssociation.KEY)
    public void on(TrainingCycleEnded event) {}

    private void start(ModelFamily family, Instant at, CommandGateway commands) {
        FamilyProgress progress = families.get(family);
        Symbol market = symbol;
        if (progress == null || market == null) {
            return;
        }
        TrainingRunId run = new TrainingRunId(market, cycle, family, progress.attempt());
        if (!CommandSender.accepted(commands, new QueueTrainingRun(market, run, at))) {
            families.put(family, progress.settled());
        }
    }

    private void settle(VersionId version, Instant at, CommandGateway commands, DeadlineManager deadlines) {
        FamilyProgress progress = of(version);
        if (progress.isPromoting(version.number())) {
            cancel(progress, deadlines);
            families.put(version.model().family(), progress.settled());
            endIfSettled(at, commands);
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
