package io.hindcast.command.model;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.command.model.ModelVersion.Lane;
import io.hindcast.command.model.ModelVersion.Past;
import io.hindcast.command.model.ModelVersion.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The state that a model's decisions depend on, and these decisions. Immutable. Each {@code decide} returns the events
 * that follow from a command, none if it is a repetition, or throws the refusal.
 *
 * @param versions by number, from 1
 * @param promoting number of the version whose promotion is under way
 */
record ModelState(List<ModelVersion> versions, Slots slots, Optional<Integer> promoting) {

    static final ModelState EMPTY = new ModelState(List.of(), Slots.EMPTY, Optional.empty());

    ModelState {
        versions = List.copyOf(versions);
    }

    List<ModelEvent> decide(RegisterVersion command) {
        if (command.trainingRun().isBlank()) {
            throw RefusedException.of("BAD_RUN", "trainingRun of " + command.model(), "blank", "a run's identity");
        }
        if (trainedBy(command.trainingRun()).isPresent()) {
            return List.of();
        }
        return List.of(new VersionRegistered(
                command.model().version(versions.size() + 1),
                command.trainingRun(),
                command.artifact(),
                command.scorer(),
                command.provenance(),
                command.evaluation(),
                command.trainedAt(),
                command.expiresAfter()));
    }

    List<ModelEvent> decide(BeginPromotion command) {
        ModelVersion version = version(command.model(), command.number());
        if (isPromoting(version) || isLive(version)) {
            return List.of();
        }
        PromotionPolicy.check(this, version);
        return List.of(new PromotionBegun(version.id(), version.artifact(), version.scorer(), command.begunAt()));
    }

    List<ModelEvent> decide(JoinLane command) {
        ModelVersion version = version(command.model(), command.number());
        if (version.lane() == Lane.JOINED) {
            return List.of();
        }
        checkPromoting(version, "joining of ");
        checkCut(command.model().symbol(), command.cut());
        return List.of(new LaneJoined(version.id(), command.cut(), command.joinedAt()));
    }

    List<ModelEvent> decide(CompletePromotion command) {
        ModelVersion version = version(command.model(), command.number());
        if (version.stage() == Stage.SERVED) {
            return List.of();
        }
        checkPromoting(version, "completion of ");
        if (version.lane() != Lane.JOINED) {
            throw RefusedException.of(
                    "LANE_NOT_JOINED",
                    "completion of " + version.id(),
                    "requested before its lane joined",
                    "its lane to have joined");
        }
        BackfillPolicy.checkSettled(version);
        Slots.Promotion promotion = slots.promote(command.number());
        return List.of(new SlotsShifted(version.id(), promotion.slots(), promotion.purged(), command.shiftedAt()));
    }

    List<ModelEvent> decide(AbandonPromotion command) {
        ModelVersion version = version(command.model(), command.number());
        if (version.stage() == Stage.ABANDONED) {
            return List.of();
        }
        checkPromoting(version, "abandoning of ");
        return List.of(new PromotionAbandoned(version.id(), command.reason(), command.abandonedAt()));
    }

    List<ModelEvent> decide(RequestBackfill command) {
        return BackfillPolicy.decide(version(command.model(), command.number()), command);
    }

    List<ModelEvent> decide(BeginBackfill command) {
        return BackfillPolicy.decide(version(command.model(), command.number()), command);
    }

    List<ModelEvent> decide(CompleteBackfill command) {
        return BackfillPolicy.decide(version(command.model(), command.number()), command);
    }

    List<ModelEvent> decide(GiveUpBackfill command) {
        return BackfillPolicy.decide(version(command.model(), command.number()), command);
    }

    List<ModelEvent> decide(LeaveLane command) {
        ModelVersion version = version(command.model(), command.number());
        if (version.lane() == Lane.LEFT) {
            return List.of();
        }
        String subject = "leaving of " + version.id();
        if (version.lane() == Lane.NONE) {
            throw RefusedException.of("LANE_NOT_JOINED", subject, "of a lane that never joined", "a joined lane");
        }
        if (isLive(version) || isPromoting(version)) {
            throw RefusedException.of("LANE_LIVE", subject, "of a lane in use", "one that no slot or promotion holds");
        }
        checkCut(command.model().symbol(), command.cut());
        return List.of(new LaneLeft(version.id(), command.cut(), command.leftAt()));
    }

    Optional<ModelVersion> trainedBy(String trainingRun) {
        return versions.stream()
                .filter(version -> version.trainingRun().equals(trainingRun))
                .findFirst();
    }

    private ModelVersion version(ModelId model, int number) {
        if (number < 1 || number > versions.size()) {
            throw RefusedException.of(
                    "NO_SUCH_VERSION",
                    "version of " + model,
                    number,
                    versions.isEmpty() ? "a registered one (there is none yet)" : "1 to " + versions.size());
        }
        return versions.get(number - 1);
    }

    private boolean isLive(ModelVersion version) {
        return slots.live().containsValue(version.id().number());
    }

    private boolean isPromoting(ModelVersion version) {
        return promoting.isPresent() && promoting.get() == version.id().number();
    }

    private void checkPromoting(ModelVersion version, String action) {
        if (!isPromoting(version)) {
            throw RefusedException.of(
                    "NOT_PROMOTING",
                    action + version.id(),
                    "requested outside its promotion",
                    promoting.map(number -> "version " + number).orElse("a promotion under way (there is none)"));
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

    ModelState evolve(ModelEvent event) {
        int number = event.version().number();
        return switch (event) {
            case VersionRegistered registered -> with(ModelVersion.of(registered));
            case PromotionBegun _ ->
                with(number, version -> version.with(Stage.PROMOTING)).with(slots, Optional.of(number));
            case LaneJoined _ ->
                with(number, version -> version.with(Lane.JOINED).with(Past.PENDING));
            case BackfillRequested _ -> with(number, version -> version.with(Past.PENDING));
            case BackfillBegun _ -> with(number, version -> version.with(Past.RUNNING));
            case BackfillCompleted _ -> with(number, version -> version.with(Past.COMPLETE));
            case BackfillGivenUp _ -> with(number, version -> version.with(Past.GIVEN_UP));
            case SlotsShifted shifted ->
                with(number, version -> version.with(Stage.SERVED)).with(shifted.slots(), Optional.empty());
            case PromotionAbandoned _ ->
                with(number, version -> version.with(Stage.ABANDONED)).with(slots, Optional.empty());
            case LaneLeft _ -> with(number, version -> version.with(Lane.LEFT));
        };
    }

    private ModelState with(ModelVersion version) {
        List<ModelVersion> next = new ArrayList<>(versions);
        next.add(version);
        return new ModelState(next, slots, promoting);
    }

    private ModelState with(int number, UnaryOperator<ModelVersion> change) {
        List<ModelVersion> next = new ArrayList<>(versions);
        next.set(number - 1, change.apply(next.get(number - 1)));
        return new ModelState(next, slots, promoting);
    }

    private ModelState with(Slots nextSlots, Optional<Integer> nextPromoting) {
        return new ModelState(versions, nextSlots, nextPromoting);
    }
}
