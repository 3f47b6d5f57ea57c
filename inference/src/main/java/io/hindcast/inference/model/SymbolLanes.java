package io.hindcast.inference.model;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.VersionId;
import io.hindcast.history.model.ModelHistory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of one symbol. Who should be in them is read from the log, whole, whenever something about it may have
 * changed, so that a repeated, early or forgotten event makes no difference.
 *
 * <p><b>Cuts.</b> A lane joins or leaves only before the first event of a batch, and its cut is the last candle event
 * of the batch before, whose token is stored. So the stored token is never behind a recorded cut, and after a crash the
 * rule is simply: whoever has joined and not left scores every candle event that is handled. No position has to be
 * compared, and a late repair of an earlier day needs no rule of its own: it is after the cut because it was handled
 * after it.
 */
public final class SymbolLanes {
    private static final Logger log = LoggerFactory.getLogger(SymbolLanes.class);

    private final Symbol symbol;
    private final List<ModelFamily> families;
    private final LaneGround ground;
    private final LaneLoader loader;
    private final Map<VersionId, Lane> lanes = new TreeMap<>();
    private int swaps;

    /** @param families whose versions these lanes are of; others are left alone */
    SymbolLanes(Symbol symbol, List<ModelFamily> families, LaneGround ground, LaneLoader loader) {
        this.symbol = symbol;
        this.families = List.copyOf(families);
        this.ground = ground;
        this.loader = loader;
    }

    public Collection<Lane> all() {
        return lanes.values();
    }

    /** Lanes that joined or left since this was asked last. */
    public int takeSwaps() {
        int taken = swaps;
        swaps = 0;
        return taken;
    }

    /**
     * A lane that turned out to have joined without this having sent the command that was answered: the answer was
     * lost, or another process held these events. What has been handled here after {@code cut} without it is to be made
     * up for.
     */
    public record Found(Lane lane, LogPosition cut) {}

    /**
     * Makes the lanes what the log says, for every family.
     *
     * @param first whether nothing has been handled here yet: then nothing can have been handled without a lane
     */
    public List<Found> reconcile(boolean first) {
        List<Found> found = new ArrayList<>();
        for (ModelFamily family : families) {
            found.addAll(reconcile(new ModelId(family, symbol), first));
        }
        return found;
    }

    /** Makes the lanes of one model what the log says. */
    public List<Found> reconcile(ModelId model) {
        return families.contains(model.family()) ? reconcile(model, false) : List.of();
    }

    private List<Found> reconcile(ModelId model, boolean first) {
        ModelHistory history = ground.models().read(model);
        List<Found> found = new ArrayList<>();
        Set<VersionId> wanted = new HashSet<>();
        Set<VersionId> leaving = new HashSet<>();
        history.leaving().forEach(version -> leaving.add(version.id()));
        for (ModelHistory.Version version : history.lanes()) {
            wanted.add(version.id());
            Lane known = lanes.get(version.id());
            Lane lane = laneOf(version);
            if (known == null ? !first : known.promoting()) {
                version.joined().ifPresent(cut -> found.add(new Found(lane, cut)));
            }
            lane.joined(leaving.contains(version.id()));
        }
        history.promoting().ifPresent(version -> {
            wanted.add(version);
            history.version(version.number()).ifPresent(this::laneOf);
        });
        for (Lane lane : List.copyOf(lanes.values())) {
            if (lane.id().model().equals(model) && !wanted.contains(lane.id())) {
                remove(lane);
            }
        }
        return found;
    }

    /**
     * Lets those in that are ready and those out that are to go. Nothing may have been handled after {@code cut}.
     *
     * @param cut last candle event that all lanes have handled and whose token is stored
     */
    public void shift(LogPosition cut) {
        for (Lane lane : List.copyOf(lanes.values())) {
            if (lane.ready()) {
                join(lane, cut);
            } else if (lane.leaving()) {
                leave(lane, cut);
            }
        }
    }

    private void join(Lane lane, LogPosition cut) {
        VersionId id = lane.id();
        if (accepted(
                new JoinLane(id.model(), id.number(), cut, ground.marketClock().instant()))) {
            lane.joined(false);
            swaps++;
            log.info("{} predicts every candle event after {}", id, cut);
        } else {
            remove(lane);
        }
    }

    private void leave(Lane lane, LogPosition cut) {
        VersionId id = lane.id();
        if (accepted(
                new LeaveLane(id.model(), id.number(), cut, ground.marketClock().instant()))) {
            swaps++;
            log.info("{} predicted nothing after {}", id, cut);
        }
        remove(lane);
    }

    /** A failure is thrown: whether the command took effect is unknown then, and the log is asked before going on. */
    private boolean accepted(Object command) {
        try {
            ground.commands()
                    .sendAndWait(command, ground.settings().commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RuntimeException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            log.debug("{} was refused: {}", command.getClass().getSimpleName(), refusal.message());
            return false;
        }
    }

    private Lane laneOf(ModelHistory.Version version) {
        return lanes.computeIfAbsent(version.id(), id -> {
            Lane lane = new Lane(version.registered(), ground.settings().missedBars(), ground.outages());
            ground.registry().add(id, lane::status);
            loader.load(lane);
            return lane;
        });
    }

    private void remove(Lane lane) {
        lanes.remove(lane.id());
        ground.registry().remove(lane.id());
        lane.close();
    }

    /** Brings a lane its model again after it broke. */
    public void reload(Lane lane) {
        loader.load(lane);
    }

    public void close() {
        new ArrayList<>(lanes.values()).forEach(this::remove);
    }
}
