package io.hindcast.simulator.exchange;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.tape.Tape;
import io.hindcast.simulator.tape.TapeDay;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One symbol at the simulated exchange: its tape, seen through the faults. */
final class SimulatedMarket {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long DAY_MILLIS = 86_400_000;

    private final Tape tape;
    private final Faults faults;

    SimulatedMarket(Tape tape, Faults faults) {
        this.tape = tape;
        this.faults = faults;
    }

    Symbol symbol() {
        return tape.symbol();
    }

    Tape tape() {
        return tape;
    }

    /** The complete bar that opens at this time, or null if the exchange has none. */
    @Nullable SimulatedKline at(long openMillis) {
        TapeDay day = day(openMillis);
        int row = day == null ? -1 : day.rowAt(openMillis);
        return day == null || row < 0 ? null : seen(day, row);
    }

    private @Nullable SimulatedKline seen(TapeDay day, int row) {
        Instant openTime = Instant.ofEpochMilli(day.openMillis(row));
        if (faults.without(symbol(), openTime)) {
            return null;
        }
        Candle revision = faults.revision(symbol(), openTime);
        return revision == null ? SimulatedKline.of(day, row) : SimulatedKline.of(revision);
    }

    /**
     * Answers {@code /api/v3/klines}: up to {@code limit} bars that open between the two times (both inclusive) and not
     * after now; the one that is still open as far as it has come. Without a start the latest ones.
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
                SimulatedKline bar = seen(day, row);
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
        return tape.day(LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS)));
    }

    private static long nextDay(long millis) {
        return (Math.floorDiv(millis, DAY_MILLIS) + 1) * DAY_MILLIS;
    }
}
