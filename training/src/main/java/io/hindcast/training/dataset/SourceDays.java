package io.hindcast.training.dataset;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LogPosition;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.ml.feature.KnownBar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The market days of a dataset, each fixed at the last event of which the dataset has a bar. So events recorded while
 * it is sliced, and bars after its period, change nothing.
 */
final class SourceDays {

    private static final Interval INTERVAL = Interval.ONE_MINUTE;

    private final CandleLog candles;
    private final Symbol symbol;
    private final Instant to;
    private final TreeMap<LocalDate, Long> sequences = new TreeMap<>();
    private Instant latestKnownAt;

    private SourceDays(CandleLog candles, Symbol symbol, Instant to) {
        this.candles = candles;
        this.symbol = symbol;
        this.to = to;
        this.latestKnownAt = to;
    }

    /**
     * Fixes the days from {@code firstDay} to that of {@code to}.
     *
     * @param to open time of the last bar
     * @param cancelled checked before every day
     * @throws IllegalArgumentException if no bar is recorded
     * @throws CancellationException once {@code cancelled} returns true
     */
    static SourceDays of(CandleLog candles, Symbol symbol, LocalDate firstDay, Instant to, BooleanSupplier cancelled) {
        SourceDays days = new SourceDays(candles, symbol, to);
        for (LocalDate day = firstDay; !day.isAfter(UtcDay.of(to)); day = day.plusDays(1)) {
            check(cancelled);
            days.fix(day);
        }
        if (days.sequences.isEmpty()) {
            throw new IllegalArgumentException("no candles of " + symbol + " are recorded from " + firstDay + " to "
                    + to + ": import history first");
        }
        return days;
    }

    private void fix(LocalDate date) {
        CandleDay day = candles.read(id(date));
        for (int row = 0; row < day.size(); row++) {
            if (day.openTime(row) <= to.toEpochMilli()) {
                sequences.merge(date, day.sequence(row), Math::max);
                Instant knownAt = Instant.ofEpochMilli(day.knownAt(row));
                latestKnownAt = knownAt.isAfter(latestKnownAt) ? knownAt : latestKnownAt;
            }
        }
    }

    static void check(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("slicing was cancelled");
        }
    }

    /** Returns every revision of a day's bars. */
    List<KnownBar> bars(LocalDate date) {
        Long sequence = sequences.get(date);
        List<KnownBar> bars = new ArrayList<>();
        if (sequence != null) {
            CandleDay day = candles.read(new LogPosition(id(date).toString(), sequence));
            for (int row = 0; row < day.size(); row++) {
                if (day.openTime(row) <= to.toEpochMilli()) {
                    bars.add(KnownBar.of(day, row));
                }
            }
        }
        return bars;
    }

    /** Returns the latest moment at which a bar became known, that of the period's end at the earliest. */
    Instant latestKnownAt() {
        return latestKnownAt;
    }

    /** Returns the position of the last event, that of the last day. */
    LogPosition position() {
        Map.Entry<LocalDate, Long> last = Objects.requireNonNull(sequences.lastEntry());
        return new LogPosition(id(last.getKey()).toString(), last.getValue());
    }

    /** Returns the last sequence by market day. */
    SortedMap<String, Long> sequences() {
        SortedMap<String, Long> byId = new TreeMap<>();
        sequences.forEach((date, sequence) -> byId.put(id(date).toString(), sequence));
        return byId;
    }

    private MarketDayId id(LocalDate date) {
        return new MarketDayId(symbol, INTERVAL, date);
    }
}
