package io.hindcast.training;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LogPosition;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.ml.feature.KnownBar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Slices the bars of a market out of the log, day by day, with the position up to which the log was read. */
final class MarketSlicer {

    private static final Interval INTERVAL = Interval.ONE_MINUTE;

    private final CandleLog candles;

    MarketSlicer(CandleLog candles) {
        this.candles = candles;
    }

    /**
     * Bars of a market.
     *
     * @param bars every revision of every bar
     * @param position last candle event of the days
     */
    record Slice(List<KnownBar> bars, LogPosition position) {

        /** Returns the latest moment at which one of the bars became known, {@code bound} at the earliest. */
        Instant latestKnownAt(Instant bound) {
            long latest = bars.stream().mapToLong(KnownBar::knownAt).max().orElse(Long.MIN_VALUE);
            return Instant.ofEpochMilli(Math.max(latest, bound.toEpochMilli()));
        }
    }

    /** Returns the most bars that a slice can have; cheap. */
    long mostBars(Symbol symbol, Instant from, Instant to) {
        return INTERVAL.perDay() * candles.daysRecorded(symbol, INTERVAL, UtcDay.of(from), UtcDay.of(to));
    }

    /**
     * Slices the bars that open from the first day on, and not after {@code to}.
     *
     * @param firstDay day of {@code from}, or an earlier one whose bars only warm up
     * @param cancelled checked before every day
     * @throws IllegalArgumentException if nothing is recorded
     * @throws CancellationException once {@code cancelled} returns true
     */
    Slice slice(Symbol symbol, LocalDate firstDay, Instant from, Instant to, BooleanSupplier cancelled) {
        List<KnownBar> bars = new ArrayList<>();
        LogPosition position = null;
        Iterator<CandleDay> days =
                candles.days(symbol, INTERVAL, firstDay, UtcDay.of(to)).iterator();
        while (days.hasNext()) {
            check(cancelled);
            CandleDay day = days.next();
            position = latest(position, day);
            for (int row = 0; row < day.size(); row++) {
                if (day.openTime(row) <= to.toEpochMilli()) {
                    bars.add(KnownBar.of(day, row));
                }
            }
        }
        if (position == null) {
            throw new IllegalArgumentException(
                    "no candles of " + symbol + " are recorded from " + from + " to " + to + ": import history first");
        }
        return new Slice(bars, position);
    }

    static void check(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("slicing was cancelled");
        }
    }

    private static @Nullable LogPosition latest(@Nullable LogPosition position, CandleDay day) {
        return day.position().orElse(position);
    }
}
