package io.hindcast.command.model;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.prediction.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A family on a symbol: its versions 1, 2, 3, … and which of them are live. It sees to it that
 *
 * <ul>
 *   <li>a training run becomes one version, however often it is registered;
 *   <li>one promotion is under way at a time, of a version that was never live;
 *   <li>a degenerate version is not promoted, be it the first;
 *   <li>slots shift only after the version's lane has joined at a recorded cut;
 *   <li>a lane leaves only when no slot and no promotion holds it, once.
 * </ul>
 *
 * <p>Every command may be repeated; a repetition changes nothing.
 */
public class Model {

    /** What became of a version's lane. */
    private enum Lane {
        NONE,
        IN,
        LEFT
    }

    /** What became of a version. */
    private enum Stage {
        REGISTERED,
        PROMOTING,
        SERVED,
        ABANDONED
    }

    private record Version(
            ArtifactRef artifact, ScorerSpec scorer, Optional<Signal> degenerate, Stage stage, Lane lane) {

        Version at(Stage next) {
            return new Version(artifact, scorer, degenerate, next, lane);
        }

        Version with(Lane next) {
            return new Version(artifact, scorer, degenerate, stage, next);
        }
    }

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private final List<Version> versions = new ArrayList<>();
    private final Map<String, Integer> numberOfRun = new HashMap<>();
    private Slots slots = Slots.EMPTY;
    private int promoting;

    /** For Axon. */
    public Model() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    VersionId handle(RegisterVersion command) {
        if (command.trainingRun().isBlank()) {
            throw RefusedException.of("BAD_RUN", "trainingRun of " + command.model(), "blank", "a run's identity");
        }
        Integer known = numberOfRun.get(command.trainingRun());
        VersionId version = command.model().version(known != null ? known : versions.size() + 1);
        if (known == null) {
            apply(new VersionRegistered(
                    version,
                    command.trainingRun(),
                    command.artifact(),
                    command.scorer(),
                    command.provenance(),
                    command.evaluation(),
                    command.trainedAt(),
                    command.expiresAfter()));
        }
        return version;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(BeginPromotion command) {
        Version version = version(command.model(), command.number());
        if (promoting == command.number() || isLive(command.number())) {
            return;
        }
        String subject = "promotion of " + command.model().version(command.number());
        if (promoting != 0) {
            throw RefusedException.of(
                    "PROMOTION_RUNNING",
                    subject,
                    "asked for while that of version " + promoting + " is under way",
                    "one at a time");
        }
        if (version.degenerate.isPresent()) {
            throw RefusedException.of(
                    "DEGENERATE",
                    subject,
                    "of a version that predicts " + version.degenerate.get() + " whatever the held-out rows are",
                    "one whose signals differ: the next training cycle tries again");
        }
        if (version.stage == Stage.SERVED) {
            throw RefusedException.of("NOT_PROMOTABLE", subject, "of a version that was live before", "one never live");
        }
        if (version.lane == Lane.IN) {
            throw RefusedException.of(
                    "LANE_NOT_LEFT", subject, "asked for while its lane is in", "its lane to have left first");
        }
        apply(new PromotionBegun(
                command.model().version(command.number()), version.artifact, version.scorer, command.begunAt()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(JoinLane command) {
        Version version = version(command.model(), command.number());
        if (version.lane == Lane.IN) {
            return;
        }
        checkPromoting(command.model(), command.number(), "joining of ");
        checkCut(command.model().symbol(), command.cut());
        apply(new LaneJoined(command.model().version(command.number()), command.cut(), command.joinedAt()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CompletePromotion command) {
        Version version = version(command.model(), command.number());
        if (version.stage == Stage.SERVED) {
            return;
        }
        checkPromoting(command.model(), command.number(), "completion of ");
        if (version.lane != Lane.IN) {
            throw RefusedException.of(
                    "LANE_NOT_JOINED",
                    "completion of " + command.model().version(command.number()),
                    "asked for before its lane joined",
                    "its lane to have joined");
        }
        Slots.Promotion shift = slots.promote(command.number());
        apply(new SlotsShifted(
                command.model().version(command.number()), shift.slots(), shift.purged(), command.shiftedAt()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AbandonPromotion command) {
        Version version = version(command.model(), command.number());
        if (version.stage == Stage.ABANDONED) {
            return;
        }
        checkPromoting(command.model(), command.number(), "abandoning of ");
        apply(new PromotionAbandoned(
                command.model().version(command.number()), command.reason(), command.abandonedAt()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(LeaveLane command) {
        Version version = version(command.model(), command.number());
        if (version.lane == Lane.LEFT) {
            return;
        }
        String subject = "leaving of " + command.model().version(command.number());
        if (version.lane == Lane.NONE) {
            throw RefusedException.of("LANE_NOT_JOINED", subject, "of a lane that never joined", "a lane that is in");
        }
        if (isLive(command.number()) || promoting == command.number()) {
            throw RefusedException.of("LANE_LIVE", subject, "of a lane in use", "one that no slot or promotion holds");
        }
        checkCut(command.model().symbol(), command.cut());
        apply(new LaneLeft(command.model().version(command.number()), command.cut(), command.leftAt()));
    }

    private Version version(ModelId model, int number) {
        if (number < 1 || number > versions.size()) {
            throw RefusedException.of(
                    "NO_SUCH_VERSION",
                    "version of " + model,
                    number,
                    versions.isEmpty() ? "a registered one (there is none yet)" : "1 to " + versions.size());
        }
        return versions.get(number - 1);
    }

    private boolean isLive(int number) {
        return slots.live().containsValue(number);
    }

    private void checkPromoting(ModelId model, int number, String doing) {
        if (promoting != number) {
            throw RefusedException.of(
                    "NOT_PROMOTING",
                    doing + model.version(number),
                    "asked for outside its promotion",
                    promoting == 0 ? "a promotion under way (there is none)" : "version " + promoting);
        }
    }

    /** A cut is an event of one of the symbol's market days. */
    private static void checkCut(Symbol symbol, LogPosition cut) {
        boolean ofSymbol;
        try {
            ofSymbol = MarketDayId.parse(cut.aggregateId()).symbol().equals(symbol);
        } catch (RuntimeException e) {
            ofSymbol = false;
        }
        if (!ofSymbol || cut.sequence() < 0) {
            throw RefusedException.of(
                    "BAD_CUT", "cut", cut, "a market day of " + symbol + " and a sequence of 0 or more");
        }
    }

    @EventSourcingHandler
    void on(VersionRegistered event) {
        aggregateId = event.version().model().toString();
        versions.add(new Version(
                event.artifact(), event.scorer(), event.evaluation().degenerate(), Stage.REGISTERED, Lane.NONE));
        numberOfRun.put(event.trainingRun(), event.version().number());
    }

    @EventSourcingHandler
    void on(PromotionBegun event) {
        promoting = event.version().number();
        change(event.version(), version -> version.at(Stage.PROMOTING));
    }

    @EventSourcingHandler
    void on(LaneJoined event) {
        change(event.version(), version -> version.with(Lane.IN));
    }

    @EventSourcingHandler
    void on(SlotsShifted event) {
        promoting = 0;
        slots = event.slots();
        change(event.version(), version -> version.at(Stage.SERVED));
    }

    @EventSourcingHandler
    void on(PromotionAbandoned event) {
        promoting = 0;
        change(event.version(), version -> version.at(Stage.ABANDONED));
    }

    @EventSourcingHandler
    void on(LaneLeft event) {
        change(event.version(), version -> version.with(Lane.LEFT));
    }

    private void change(VersionId id, UnaryOperator<Version> change) {
        int index = id.number() - 1;
        versions.set(index, change.apply(versions.get(index)));
    }
}
