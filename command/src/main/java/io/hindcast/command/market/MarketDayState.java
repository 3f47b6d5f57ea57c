package io.hindcast.command.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.ConfirmGap;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketEvent;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.ReportGap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The state that a market day's decisions depend on, and these decisions. Each {@code decide} returns the events that
 * follow from a command, none if there is nothing new in it, or throws the refusal; only {@code evolve} changes the
 * state.
 */
final class MarketDayState {

    private final MarketDayId id;
    private final HeldBars held;
    private final Gaps gaps = new Gaps();
    /** Whether bars are held that are not history. */
    private boolean received;

    MarketDayState(MarketDayId id) {
        this.id = id;
        this.held = new HeldBars(id.interval().perDay());
    }

    List<MarketEvent> decide(RecordCandles command) {
        Optional<CandlesRecorded> recorded = BarRevisions.decide(command, held, received);
        if (recorded.isEmpty()) {
            return List.of();
        }
        BitSet added = new BitSet();
        recorded.get().candles().minute().forEach(added::set);
        List<MarketEvent> events = new ArrayList<>();
        events.add(recorded.get());
        events.addAll(repaired(gaps, minute -> held.holds(minute) || added.get(minute), command.knownAt()));
        return events;
    }

    List<MarketEvent> decide(ReportGap command) {
        checkRange(command.fromMinute(), command.toMinute());
        List<MarketEvent> events = new ArrayList<>();
        for (Gaps.Run run : gaps.undetected(command.fromMinute(), command.toMinute(), held::holds)) {
            events.add(new GapDetected(id, run.from(), run.to(), command.detectedAt()));
        }
        return events;
    }

    List<MarketEvent> decide(ConfirmGap command) {
        checkRange(command.fromMinute(), command.toMinute());
        if (held.count() == 0 && gaps.isEmpty()) {
            throw RefusedException.of(
                    "NO_SUCH_GAP",
                    "gap " + command.fromMinute() + " to " + command.toMinute() + " of " + id,
                    "never detected",
                    "a detected gap");
        }
        List<Gaps.Run> confirmed = gaps.unconfirmed(command.fromMinute(), command.toMinute(), held::holds);
        List<MarketEvent> events = new ArrayList<>();
        for (Gaps.Run run : confirmed) {
            events.add(new GapConfirmed(id, run.from(), run.to(), command.confirmedAt()));
        }
        // The rest of a gap that was filled in part and confirmed in part is repaired.
        events.addAll(repaired(gaps.withConfirmed(confirmed), held::holds, command.confirmedAt()));
        return events;
    }

    private List<GapRepaired> repaired(Gaps of, IntPredicate holds, Instant at) {
        List<GapRepaired> events = new ArrayList<>();
        for (Gaps.Run run : of.repaired(holds)) {
            events.add(new GapRepaired(id, run.from(), run.to(), at));
        }
        return events;
    }

    private void checkRange(int from, int to) {
        int last = id.interval().perDay() - 1;
        if (from < 0 || to > last || from > to) {
            throw RefusedException.of(
                    "BAD_GAP", "gap of " + id, from + " to " + to, "ascending minutes from 0 to " + last);
        }
    }

    void evolve(CandlesRecorded event) {
        held.hold(event.candles(), event.revision());
        received |= event.source() != CandleSource.HISTORY;
    }

    void evolve(GapDetected event) {
        gaps.detected(event.fromMinute(), event.toMinute());
    }

    void evolve(GapConfirmed event) {
        gaps.confirmed(event.fromMinute(), event.toMinute());
    }

    void evolve(GapRepaired event) {
        gaps.repaired(event.fromMinute(), event.toMinute());
    }
}
