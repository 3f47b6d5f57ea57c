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
import java.time.Instant;
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
 * The lanes of one symbol. Membership is read from the log as a whole whenever it may have changed, so a repeated,
 * early or lost event makes no difference. Owned by one thread.
 *
 * <p><b>Cuts.</b> A lane joins or leaves only before the first event of a batch, and its cut is the last candle event
 * of the previous batch, whose token is stored. So the stored token is never behind a recorded cut, and after a crash
 * the rule is simply: every lane that has joined and not left scores every candle event that is handled. No positions
 * are compared, and a late repair of an earlier day needs no special rule: it is after the cut because it was handled
 * after it.
 */
public final class SymbolLanes {
    private static final Logger log = LoggerFactory.getLogger(SymbolLanes.class);

    private final Symbol symbol;
    private final List<ModelFamily> families;
    private final LaneContext context;
    private final LaneLoader loader;
    private final Map<VersionId, Lane> lanes = new TreeMap<>();
    private int swaps;

    /** @param families families whose versions get lanes here; others are ignored */
    SymbolLanes(Symbol symbol, List<ModelFamily> families, LaneContext context, LaneLoader loader) {
        this.symbol = symbol;
        this.families = List.copyOf(families);
        this.context = context;
        this.loader = loader;
    }

    public Collection<Lane> all() {
        return lanes.values();
    }

    /** Returns the number of lanes that joined or left since the previous call. */
    public int takeSwapCount() {
        int taken = swaps;
        swaps = 0;
        return taken;
    }

    /**
     * A lane that the log shows as joined although no answer to its command was received here: the answer was lost, or
     * another process owned the segment. Bars handled here after {@code cut} without this lane must be predicted late.
     */
    public record UnseenJoin(Lane lane, LogPosition cut) {}

    /**
     * Brings the lanes of all families in line with the log.
     *
     * @param first whether no event has been handled here yet, so that no bar can have been handled without a lane
     */
    public List<UnseenJoin> syncWithLog(boolean first) {
        List<UnseenJoin> unseen = new ArrayList<>();
        for (ModelFamily family : families) {
            unseen.addAll(syncWithLog(new ModelId(family, symbol), first));
        }
        return unseen;
    }

    /** Brings the lanes of one model in line with the log. */
    public List<UnseenJoin> syncWithLog(ModelId model) {
        return families.contains(model.family()) ? syncWithLog(model, false) : List.of();
    }

    private List<UnseenJoin> syncWithLog(ModelId model, boolean first) {
        ModelHistory history = context.models().read(model);
        List<UnseenJoin> unseen = new ArrayList<>();
        Set<VersionId> wanted = new HashSet<>();
        Set<VersionId> leaving = new HashSet<>();
        history.leaving().forEach(version -> leaving.add(version.id()));
        for (ModelHistory.Version version : history.lanes()) {
            wanted.add(version.id());
            Lane known = lanes.get(version.id());
            Lane lane = laneOf(version);
            if (known == null ? !first : known.promoting()) {
                version.joined().ifPresent(cut -> unseen.add(new UnseenJoin(lane, cut)));
            }
            lane.joined(
                    leaving.contains(version.id()), version.lane().joinedAt().orElseThrow());
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
        return unseen;
    }

    /**
     * Lets ready lanes join and leaving lanes leave. Must be called between two batches: nothing may have been handled
     * after {@code cut}.
     *
     * @param cut last candle event that all lanes have handled and whose token is stored
     */
    public void joinAndLeave(LogPosition cut) {
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
        Instant now = context.marketClock().instant();
        if (accepted(new JoinLane(id.model(), id.number(), cut, now))) {
            lane.joined(false, now);
            swaps++;
            log.info("{} predicts every candle event after {}", id, cut);
        } else {
            remove(lane);
        }
    }

    private void leave(Lane lane, LogPosition cut) {
        VersionId id = lane.id();
        if (accepted(new LeaveLane(
                id.model(), id.number(), cut, context.marketClock().instant()))) {
            swaps++;
            log.info("{} predicted nothing after {}", id, cut);
        }
        remove(lane);
    }

    /**
     * Sends a command; returns false if it was refused. Any other failure is thrown: whether the command took effect is
     * unknown then, and the lanes must be synchronized with the log before they are used again.
     */
    private boolean accepted(Object command) {
        try {
            context.commands()
                    .sendAndWait(
                            command,
                            context.settings().processor().commandTimeout().toMillis(),
                            TimeUnit.MILLISECONDS);
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
            Lane lane =
                    new Lane(version.registered(), context.settings().lanes().missedBars(), context.outages());
            context.registry().add(id, lane::status);
            loader.load(lane);
            return lane;
        });
    }

    private void remove(Lane lane) {
        lanes.remove(lane.id());
        context.registry().remove(lane.id());
        lane.close();
    }

    /** Removes the model of a lane that cannot score and loads it again. */
    public void reload(Lane lane, String reason) {
        lane.broken(reason);
        loader.load(lane);
    }

    public void close() {
        new ArrayList<>(lanes.values()).forEach(this::remove);
    }
}
