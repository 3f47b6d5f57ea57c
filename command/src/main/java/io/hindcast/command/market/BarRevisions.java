package io.hindcast.command.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.RecordCandles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides which bars of a {@link RecordCandles} enter the log, and as which revision.
 *
 * <ul>
 *   <li>Only closed bars of this day, that a market could have made, enter.
 *   <li>A bar that is held with the same values is dropped.
 *   <li>A live bar or a repair with other values than held is its next revision.
 *   <li>History is never contradicted: a {@code HISTORY} bar counts as known at its own close, so there is only one of
 *       it, and none enters once the day holds bars that were received, whose predictions did not use it (such a bar is
 *       a {@code REPAIR}).
 * </ul>
 */
final class BarRevisions {

    private static final int DROPPED = -1;

    private final RecordCandles command;
    private final HeldBars held;
    /** Whether the day holds bars that are not history. */
    private final boolean received;

    private final List<Candle> kept = new ArrayList<>();
    private final List<Integer> revisions = new ArrayList<>();

    private BarRevisions(RecordCandles command, HeldBars held, boolean received) {
        this.command = command;
        this.held = held;
        this.received = received;
    }

    /** Returns the event that records the bars kept, empty if all are dropped, or throws the refusal. */
    static Optional<CandlesRecorded> decide(RecordCandles command, HeldBars held, boolean received) {
        return new BarRevisions(command, held, received).decide();
    }

    private Optional<CandlesRecorded> decide() {
        MarketDayId id = command.marketDay();
        Candles candles = command.candles();
        if (candles.size() == 0) {
            throw RefusedException.of("NO_CANDLES", "candles for " + id, "empty", "1 bar or more");
        }
        BarDigest digest = new BarDigest();
        BarDigest before = new BarDigest();
        long previousKey = -1;
        for (long key : rowsByMinute(id, candles)) {
            int minute = (int) (key >>> 32);
            int row = (int) key;
            Candle candle = candles.candle(id.day(), row);
            checkClosed(candle);
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
            int revision = revision(minute, digest, candle);
            if (revision != DROPPED) {
                kept.add(candle);
                revisions.add(revision);
            }
        }
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(new CandlesRecorded(
                        id, command.source(), command.knownAt(), Candles.of(id.day(), kept), revisions));
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

    private void checkClosed(Candle candle) {
        Instant close = command.marketDay().interval().closeOf(candle.openTime());
        if (command.knownAt().isBefore(close)) {
            throw RefusedException.of(
                    "NOT_CLOSED",
                    "knownAt of the candle " + candle.openTime(),
                    command.knownAt(),
                    "its close " + close + " or later");
        }
    }

    private int revision(int minute, BarDigest digest, Candle candle) {
        if (held.holds(minute) && held.same(minute, digest)) {
            return DROPPED;
        }
        if (command.source() == CandleSource.HISTORY) {
            checkHistory(minute, candle);
        }
        return held.revision(minute) + 1;
    }

    private void checkHistory(int minute, Candle candle) {
        String subject = "history candle " + candle.openTime() + " of "
                + command.marketDay().symbol();
        if (held.holds(minute)) {
            throw RefusedException.of(
                    "HISTORY_DIFFERS", subject, candle, "the values held already (a correction comes as a REPAIR)");
        }
        if (received) {
            throw RefusedException.of(
                    "HISTORY_AFTER_LIVE", subject, "new on a day that is live", "a REPAIR, known when recorded");
        }
    }
}
