package io.hindcast.simulator.exchange;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.simulator.tape.Tape;
import io.hindcast.simulator.tape.TapeDay;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One symbol at the simulated exchange: its tape with the faults applied. Thread-safe. */
final class SimulatedMarket {

    private static final long MINUTE_MILLIS = Interval.ONE_MINUTE.millis();

    private final Tape tape;
    private final MarketFaults faults;

    SimulatedMarket(Tape tape, MarketFaults faults) {
        this.tape = tape;
        this.faults = faults;
    }

    Symbol symbol() {
        return tape.symbol();
    }

    Tape tape() {
        return tape;
    }

    /** Returns the complete bar that opens at this time, null if the exchange has none. */
    @Nullable SimulatedKline at(long openMillis) {
        TapeDay day = day(openMillis);
        int row = day == null ? -1 : day.rowAt(openMillis);
        return day == null || row < 0 ? null : withFaults(day, row);
    }

    private @Nullable SimulatedKline withFaults(TapeDay day, int row) {
        Instant openTime = Instant.ofEpochMilli(day.openMillis(row));
        if (faults.missing(symbol(), openTime)) {
            return null;
        }
        Candle revision = faults.revision(symbol(), openTime);
        return revision == null ? SimulatedKline.of(day, row) : SimulatedKline.of(revision);
    }

    /**
     * Returns an answer of {@code /api/v3/klines}: up to {@code limit} bars that open between the two times (both
     * inclusive) and not after now, the open one with its values so far. Without a start the latest ones.
     */
    String rows(@Nullable Long startMillis, @Nullable Long endMillis, int limit, long nowMillis) {
        long first = tape.firstOpenTime().toEpochMilli();
        long last = Math.min(
                nowMillis, tape.lastOpenTime().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
        long end = endMillis == null ? last : Math.min(last, endMillis);
        long from = startMillis == null
                ? Math.max(first, Math.floorDiv(end, MINUTE_MILLIS) * MINUTE_MILLIS - (limit - 1) * MINUTE_MILLIS)
                : Math.max(first, startMillis);
        StringBuilder out = new StringBuilder(170 * Math.min(limit, 1000)).append('[');
        int written = 0;
        for (long at = from; at <= end && written < limit; at = nextDay(at)) {
            TapeDay day = day(at);
            if (day == null) {
                continue;
            }
            for (int row = day.rowFrom(at); row < day.size() && written < limit; row++) {
                long opened = day.openMillis(row);
                if (opened > end) {
                    break;
                }
                SimulatedKline bar = withFaults(day, row);
                if (bar == null) {
                    continue;
                }
                double passed = (nowMillis - opened) / (double) MINUTE_MILLIS;
                if (written++ > 0) {
                    out.append(',');
                }
                (passed < 1 ? bar.after(passed) : bar).writeRow(out);
            }
        }
        return out.append(']').toString();
    }

    private @Nullable TapeDay day(long millis) {
        return tape.day(UtcDay.of(Instant.ofEpochMilli(millis)));
    }

    private static long nextDay(long millis) {
        return UtcDay.end(UtcDay.of(Instant.ofEpochMilli(millis))).toEpochMilli();
    }
}
