package io.hindcast.sagas.training;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompletePromotion;
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
 * and promoted as soon as it is there, whatever the others do; when every family has settled the cycle ends.
 *
 * <p>Every step reacts to an event of the log and only sends commands, which are idempotent and carry identities
 * derived from symbol, cycle, family and attempt. State and token are stored together after the commands were accepted,
 * so whatever dies in between, the event comes again and the same commands are sent again. Each handler first asks
 * whether the event is about the attempt or version that counts now: repeated and late ones, deadlines above all,
 * change nothing.
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
    @SagaEventHandler(associationResolver = ByCycle.class, associationProperty = ByCycle.KEY)
    public void on(TrainingCycleRequested event, CommandGateway commands) {
        if (symbol != null) {
            return;
        }
        symbol = event.symbol();
        cycle = event.cycle();
        event.families().forEach(family -> families.put(family, FamilyProgress.attempt(1)));
        for (ModelFamily family : families.keySet()) {
            start(family, event.requestedAt(), commands);
        }
        endIfSettled(event.requestedAt(), commands);
    }

    @SagaEventHandler(associationResolver = ByCycle.class, associationProperty = ByCycle.KEY)
    public void on(TrainingRunQueued event, DeadlineManager deadlines, CycleRules rules) {
        FamilyProgress progress = of(event.run());
        if (progress.waits(event.run().attempt(), 0) && progress.deadline() == null) {
            await(event.run(), progress, deadlines, rules);
        }
    }

    @DeadlineHandler(deadlineName = RunUnclaimed.NAME)
    public void on(RunUnclaimed overdue, CommandGateway commands, CycleRules rules) {
        TrainingRunId run = overdue.run();
        if (of(run).waits(run.attempt(), overdue.claims())) {
            Orders.accepted(commands, new FailTrainingRun(run.symbol(), run, rules.noWorker(), rules.now()));
        }
    }

    /** The time of a run counts from here. A worker that takes over from one that died has all of it again. */
    @SagaEventHandler(associationResolver = ByCycle.class, associationProperty = ByCycle.KEY)
    public void on(TrainingRunClaimed event, DeadlineManager deadlines, CycleRules rules) {
        TrainingRunId run = event.run();
        FamilyProgress progress = of(run);
        if (progress.runs(run.attempt()) && event.claim() > progress.claim()) {
            cancel(progress, deadlines);
            String deadline =
                    deadlines.schedule(rules.runTimeout(), RunOverdue.NAME, new RunOverdue(run, event.claim()));
            families.put(run.family(), progress.training(event.claim()).until(deadline));
        }
    }

    @DeadlineHandler(deadlineName = RunOverdue.NAME)
    public void on(RunOverdue overdue, CommandGateway commands, CycleRules rules) {
        TrainingRunId run = overdue.run();
        if (of(run).trains(run.attempt(), overdue.claim())) {
            Orders.accepted(commands, new FailTrainingRun(run.symbol(), run, rules.noResult(), rules.now()));
        }
    }

    @SagaEventHandler(associationResolver = ByCycle.class, associationProperty = ByCycle.KEY)
    public void on(TrainingRunReleased event, DeadlineManager deadlines, CycleRules rules) {
        FamilyProgress progress = of(event.run());
        if (progress.trains(event.run().attempt(), event.claim())) {
            cancel(progress, deadlines);
            await(event.run(), progress.waiting(), deadlines, rules);
        }
    }

    private void await(TrainingRunId run, FamilyProgress progress, DeadlineManager deadlines, CycleRules rules) {
        String deadline =
                deadlines.schedule(rules.waitTimeout(), RunUnclaimed.NAME, new RunUnclaimed(run, progress.claim()));
        families.put(run.family(), progress.until(deadline));
    }

    @SagaEventHandler(associationResolver = ByCycle.class, associationProperty = ByCycle.KEY)
    public void on(TrainingRunFailed event, CommandGateway commands, DeadlineManager deadlines, CycleRules rules) {
        ModelFamily family = event.run().family();
        FamilyProgress progress = of(event.run());
        if (!progress.runs(event.run().attempt())) {
            return;
        }
        cancel(progress, deadlines);
        if (event.failure().retryable() && progress.attempt() < rules.attempts()) {
            families.put(family, FamilyProgress.attempt(progress.attempt() + 1));
            start(family, event.failedAt(), commands);
        } else {
            families.put(family, progress.settled());
        }
        endIfSettled(event.failedAt(), commands);
    }

    @SagaEventHandler(associationResolver = ByCycle.class, associationProperty = ByCycle.KEY)
    public void on(TrainingRunSucceeded event, CommandGateway commands, DeadlineManager deadlines, CycleRules rules) {
        TrainingRunId run = event.run();
        FamilyProgress progress = of(run);
        if (!progress.runs(run.attempt())) {
            return;
        }
        cancel(progress, deadlines);
        boolean accepted = Orders.accepted(
                commands,
                new RegisterVersion(
                        run.model(),
                        run.toString(),
                        event.artifact(),
                        event.scorer(),
                        event.provenance(),
                        event.evaluation(),
                        event.finishedAt(),
                        rules.expiresAfter()));
        families.put(run.family(), accepted ? progress.registering() : progress.settled());
        endIfSettled(event.finishedAt(), commands);
    }

    /** A degenerate version has settled its family: it stays registered, and the next cycle tries again. */
    @SagaEventHandler(associationResolver = ByCycle.class, associationProperty = ByCycle.KEY)
    public void on(VersionRegistered event, CommandGateway commands) {
        VersionId version = event.version();
        ModelFamily family = version.model().family();
        FamilyProgress progress = of(TrainingRunId.parse(event.trainingRun()));
        if (progress.stage() != FamilyProgress.Stage.REGISTERING) {
            return;
        }
        SagaLifecycle.associateWith(BY_VERSION, version.toString());
        boolean accepted = event.evaluation().degenerate().isEmpty()
                && Orders.accepted(commands, new BeginPromotion(version.model(), version.number(), event.trainedAt()));
        families.put(family, accepted ? progress.promoting(version.number()) : progress.settled());
        endIfSettled(event.trainedAt(), commands);
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(PromotionBegun event, DeadlineManager deadlines, CycleRules rules) {
        FamilyProgress progress = of(event.version());
        if (progress.promotes(event.version().number()) && progress.deadline() == null) {
            String deadline = deadlines.schedule(
                    rules.promotionTimeout(), PromotionOverdue.NAME, new PromotionOverdue(event.version()));
            families.put(event.version().model().family(), progress.until(deadline));
        }
    }

    /**
     * If the promotion was completed in the meantime the aggregate refuses; if its lane has only just joined,
     * abandoning wins and the lane leaves again.
     */
    @DeadlineHandler(deadlineName = PromotionOverdue.NAME)
    public void on(PromotionOverdue overdue, CommandGateway commands, CycleRules rules) {
        VersionId version = overdue.version();
        if (of(version).promotes(version.number())) {
            String reason = "its lane did not join within " + rules.promotionTimeout();
            Orders.accepted(commands, new AbandonPromotion(version.model(), version.number(), reason, rules.now()));
        }
    }

    @SagaEventHandler(associationProperty = BY_VERSION)
    public void on(LaneJoined event, CommandGateway commands, DeadlineManager deadlines) {
        VersionId version = event.version();
        FamilyProgress progress = of(version);
        if (progress.promotes(version.number())) {
            cancel(progress, deadlines);
            Orders.accepted(commands, new CompletePromotion(version.model(), version.number(), event.joinedAt()));
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
    @SagaEventHandler(associationResolver = ByCycle.class, associationProperty = ByCycle.KEY)
    public void on(TrainingCycleEnded event) {}

    private void start(ModelFamily family, Instant at, CommandGateway commands) {
        FamilyProgress progress = families.get(family);
        Symbol market = symbol;
        if (progress == null || market == null) {
            return;
        }
        TrainingRunId run = new TrainingRunId(market, cycle, family, progress.attempt());
        if (!Orders.accepted(commands, new QueueTrainingRun(market, run, at))) {
            families.put(family, progress.settled());
        }
    }

    private void settle(VersionId version, Instant at, CommandGateway commands, DeadlineManager deadlines) {
        FamilyProgress progress = of(version);
        if (progress.promotes(version.number())) {
            cancel(progress, deadlines);
            families.put(version.model().family(), progress.settled());
            endIfSettled(at, commands);
        }
    }

    private void endIfSettled(Instant at, CommandGateway commands) {
        Symbol market = symbol;
        if (market != null && families.values().stream().allMatch(p -> p.stage() == FamilyProgress.Stage.SETTLED)) {
            Orders.accepted(commands, new EndTrainingCycle(market, cycle, at));
        }
    }

    private FamilyProgress of(TrainingRunId run) {
        return families.getOrDefault(run.family(), FamilyProgress.attempt(0).settled());
    }

    private FamilyProgress of(VersionId version) {
        return families.getOrDefault(
                version.model().family(), FamilyProgress.attempt(0).settled());
    }

    private static void cancel(FamilyProgress progress, DeadlineManager deadlines) {
        String deadline = progress.deadline();
        if (deadline != null) {
            deadlines.cancelSchedule(progress.stage().deadline(), deadline);
        }
    }
}
