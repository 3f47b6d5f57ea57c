package io.hindcast.command.market;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesReceipt;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.ConfirmGap;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.ReportGap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One symbol's bars of one UTC day. It sees to it that
 *
 * <ul>
 *   <li>only closed bars that a market could have made, of this day, enter the log;
 *   <li>what is held already with the same values never enters it twice;
 *   <li>a bar that came live or as a repair with other values than held is its next revision;
 *   <li>history is never contradicted: a {@code HISTORY} bar counts as known at its own close, so there can only be one
 *       of it, and none may turn up once the day holds bars that were received, whose predictions knew nothing of it
 *       (such a bar is a {@code REPAIR}). History that is held with the same values is dropped, so an interrupted
 *       import may always be repeated;
 *   <li>a command is taken or refused as a whole.
 * </ul>
 */
public class MarketDay {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable HeldBars held;
    private boolean received;
    private final Gaps gaps = new Gaps();

    /** For Axon. */
    public MarketDay() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    CandlesReceipt handle(RecordCandles command) {
        HeldBars bars = heldOf(command.marketDay());
        Decision decision = decide(command, bars);
        if (!decision.kept.isEmpty()) {
            apply(new CandlesRecorded(
                    command.marketDay(),
                    command.source(),
                    command.knownAt(),
                    Candles.of(command.marketDay().day(), decision.kept),
                    decision.revisions));
            // Applied above, so that what is held now includes these bars.
            repairGaps(command.marketDay(), command.knownAt());
        }
        return new CandlesReceipt(
                decision.kept.size() - decision.revised,
                decision.revised,
                command.candles().size() - decision.kept.size());
    }

    private static final class Decision {
        final List<Candle> kept;
        final List<Integer> revisions;
        int revised;

        Decision(int rows) {
            kept = new ArrayList<>(rows);
            revisions = new ArrayList<>(rows);
        }
    }

    private Decision decide(RecordCandles command, HeldBars bars) {
        MarketDayId id = command.marketDay();
        Candles candles = command.candles();
        int rows = candles.size();
        if (rows == 0) {
            throw RefusedException.of("NO_CANDLES", "candles for " + id, "empty", "1 bar or more");
        }
        Decision decision = new Decision(rows);
        BarDigest digest = new BarDigest();
        BarDigest before = new BarDigest();
        long previousKey = -1;
        for (long key : rowsByMinute(id, candles)) {
            int minute = (int) (key >>> 32);
            int row = (int) key;
            Candle candle = candles.candle(id.day(), row);
            checkClosed(id, candle, command.knownAt());
            digest.of(candles, row);
            if (previousKey >= 0 && previousKey >>> 32 == minute) {
                before.of(candles, (int) previousKey);
                if (before.first != digest.first || before.second != digest.second) {
                    throw RefusedException.of(
                            "CONTRADICTION", "candle " + candle.openTime(), "given twice with different values", "one");
                }
                continue;
            }
            previousKey = key;
            int revision = nextRevision(command.source(), id, minute, digest, bars, candle);
            if (revision >= 0) {
                decision.kept.add(candle);
                decision.revisions.add(revision);
                decision.revised += revision > 0 ? 1 : 0;
            }
        }
        return decision;
    }

    /** Minute in the upper and row in the lower half, ascending. */
    private static long[] rowsByMinute(MarketDayId id, Candles candles) {
        int perDay = id.interval().perDay();
        long[] keys = new long[candles.size()];
        for (int row = 0; row < keys.length; row++) {
            int minute = candles.minute().get(row);
            if (minute < 0 || minute >= perDay) {
                throw RefusedException.of(
                        "OUT_OF_DAY", "minute of row " + row + " for " + id, minute, "0 to " + (perDay - 1));
            }
            keys[row] = (long) minute << 32 | row;
        }
        Arrays.sort(keys);
        return keys;
    }

    private static void checkClosed(MarketDayId id, Candle candle, Instant knownAt) {
        Instant close = id.interval().closeOf(candle.openTime());
        if (knownAt.isBefore(close)) {
            throw RefusedException.of(
                    "NOT_CLOSED",
                    "knownAt of the candle " + candle.openTime(),
                    knownAt,
                    "its close " + close + " or later");
        }
    }

    /** The revision under which this bar enters the log, or -1 for one that is held. */
    private int nextRevision(
            CandleSource source, MarketDayId id, int minute, BarDigest digest, HeldBars bars, Candle candle) {
        if (bars.holds(minute) && bars.same(minute, digest)) {
            return -1;
        }
        if (source == CandleSource.HISTORY) {
            if (bars.holds(minute)) {
                throw RefusedException.of(
                        "HISTORY_DIFFERS",
                        "history candle " + candle.openTime() + " of " + id.symbol(),
                        candle,
                        "the values held already (a correction comes as a REPAIR)");
            }
            if (received) {
                throw RefusedException.of(
                        "HISTORY_AFTER_LIVE",
                        "history candle " + candle.openTime() + " of " + id.symbol(),
                        "new on a day that is live",
                        "a REPAIR, known when recorded");
            }
        }
        return bars.revision(minute) + 1;
    }

    private void repairGaps(MarketDayId id, Instant at) {
        if (!gaps.isEmpty()) {
            for (Gaps.Run run : gaps.repaired(heldOf(id))) {
                apply(new GapRepaired(id, run.from(), run.to(), at));
            }
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReportGap command) {
        checkRange(command.marketDay(), command.fromMinute(), command.toMinute());
        HeldBars bars = heldOf(command.marketDay());
        for (Gaps.Run run : gaps.undetected(command.fromMinute(), command.toMinute(), bars)) {
            apply(new GapDetected(command.marketDay(), run.from(), run.to(), command.detectedAt()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ConfirmGap command) {
        MarketDayId id = command.marketDay();
        checkRange(id, command.fromMinute(), command.toMinute());
        if (aggregateId == null) {
            throw RefusedException.of(
                    "NO_SUCH_GAP",
                    "gap " + command.fromMinute() + " to " + command.toMinute() + " of " + id,
                    "never detected",
                    "a detected gap");
        }
        for (Gaps.Run run : gaps.unconfirmed(command.fromMinute(), command.toMinute(), heldOf(id))) {
            apply(new GapConfirmed(id, run.from(), run.to(), command.confirmedAt()));
        }
        // What is left of a gap that was filled in part and confirmed in part is repaired.
        repairGaps(id, command.confirmedAt());
    }

    private static void checkRange(MarketDayId id, int from, int to) {
        int last = id.interval().perDay() - 1;
        if (from < 0 || to > last || from > to) {
            throw RefusedException.of(
                    "BAD_GAP", "gap of " + id, from + " to " + to, "ascending minutes from 0 to " + last);
        }
    }

    @EventSourcingHandler
    void on(CandlesRecorded event) {
        begin(event.marketDay()).hold(event.candles(), event.revision());
        received |= event.source() != CandleSource.HISTORY;
    }

    @EventSourcingHandler
    void on(GapDetected event) {
        begin(event.marketDay());
        gaps.detected(event.fromMinute(), event.toMinute());
    }

    @EventSourcingHandler
    void on(GapConfirmed event) {
        gaps.confirmed(event.fromMinute(), event.toMinute());
    }

    @EventSourcingHandler
    void on(GapRepaired event) {
        gaps.repaired(event.fromMinute(), event.toMinute());
    }

    private HeldBars begin(MarketDayId id) {
        if (aggregateId == null) {
            aggregateId = id.toString();
        }
        HeldBars bars = heldOf(id);
        held = bars;
        return bars;
    }

    private HeldBars heldOf(MarketDayId id) {
        return held != null ? held : new HeldBars(id.interval().perDay());
    }
}
