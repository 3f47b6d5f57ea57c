package io.hindcast.projections.market;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.projections.OpenTimeRange;
import io.hindcast.readmodel.BinaryCopy;
import io.hindcast.readmodel.TableReader;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the bars of one symbol, a batch of events at a time: the latest revision of each bar, the counts of each day,
 * and the bars of larger intervals. Bars that the table holds already are skipped, so an event may come twice. Not
 * thread-safe.
 */
public final class CandleProjection {

    private static final Comparator<CandleRow> BY_TIME_AND_REVISION =
            Comparator.comparingLong(CandleRow::openTime).thenComparingInt(CandleRow::revision);

    private final TableWriter tables;
    private final Symbol symbol;
    private final List<CandleRow> rows = new ArrayList<>();

    public CandleProjection(TableWriter tables, Symbol symbol) {
        this.tables = tables;
        this.symbol = symbol;
    }

    public void add(CandlesRecorded event) {
        CandleRow.addAll(event, rows);
    }

    public int size() {
        return rows.size();
    }

    /** Writes the added events and forgets them. */
    public CandleChanges flush() {
        Optional<LocalDate> lastDayBefore = lastDay();
        if (rows.isEmpty()) {
            return new CandleChanges(new TreeMap<>(), lastDayBefore, lastDayBefore);
        }
        rows.sort(BY_TIME_AND_REVISION);
        Map<Long, Integer> held = heldRevisions();
        NavigableMap<LocalDate, DayChanges> days = new TreeMap<>();
        BinaryCopy added = new BinaryCopy();
        List<CandleRow> revisions = new ArrayList<>();
        for (CandleRow row : rows) {
            Integer heldRevision = held.get(row.openTime());
            if (heldRevision != null && heldRevision >= row.revision()) {
                continue;
            }
            held.put(row.openTime(), row.revision());
            DayChanges day = days.computeIfAbsent(row.day(), ignored -> new DayChanges());
            day.change(row);
            if (heldRevision == null) {
                day.added++;
                copy(added, row);
            } else {
                revisions.add(row);
            }
        }
        rows.clear();
        tables.copy(added, """
                @candle (symbol, open_time, open, high, low, close, volume, quote_volume, trades, revision, known_at)""");
        revisions.forEach(this::revise);
        if (!days.isEmpty()) {
            countDays(days);
            describeMarket(days);
            new CandleRollups(tables, symbol).update(days);
        }
        NavigableMap<LocalDate, OpenTimeRange> ranges = new TreeMap<>();
        days.forEach((day, changes) -> ranges.put(
                day,
                new OpenTimeRange(
                        changes.rows.getFirst().openTime(),
                        changes.rows.getLast().openTime())));
        return new CandleChanges(ranges, lastDayBefore, lastDay());
    }

    private Optional<LocalDate> lastDay() {
        return tables.first(
                "select last_open_time from @market where symbol = ? and last_open_time is not null",
                row -> UtcDay.of(TableReader.time(row, 1)),
                symbol.value());
    }

    private Map<Long, Integer> heldRevisions() {
        TreeMap<LocalDate, OpenTimeRange> ranges = new TreeMap<>();
        for (CandleRow row : rows) {
            ranges.merge(row.day(), OpenTimeRange.of(row.openTime()), (range, time) -> range.with(time.from()));
        }
        Map<Long, Integer> held = new HashMap<>();
        for (OpenTimeRange range : OpenTimeRange.joined(ranges.values())) {
            tables.each(
                    "select open_time, revision from @candle where symbol = ? and open_time between ? and ?",
                    row -> held.put(TableReader.time(row, 1).toEpochMilli(), row.getInt(2)),
                    symbol.value(),
                    range.first(),
                    range.last());
        }
        return held;
    }

    private void copy(BinaryCopy added, CandleRow row) {
        added.row(11)
                .text(symbol.value())
                .time(row.openTime())
                .numeric(row.open())
                .numeric(row.high())
                .numeric(row.low())
                .numeric(row.close())
                .numeric(row.volume())
                .numeric(row.quoteVolume())
                .bigint(row.trades())
                .integer(row.revision())
                .time(row.knownAt());
    }

    private void revise(CandleRow row) {
        tables.update(
                """
                with superseded as (
                    insert into @candle_superseded
                    select held.*, ? from @candle held where symbol = ? and open_time = ? and known_at < ?
                )
                update @candle
                set open = ?, high = ?, low = ?, close = ?, volume = ?, quote_volume = ?, trades = ?, revision = ?,
                    known_at = greatest(known_at, ?)
                where symbol = ? and open_time = ?
                """,
                row.knownAt(),
                symbol.value(),
                Instant.ofEpochMilli(row.openTime()),
                row.knownAt(),
                row.open(),
                row.high(),
                row.low(),
                row.close(),
                row.volume(),
                row.quoteVolume(),
                row.trades(),
                row.revision(),
                row.knownAt(),
                symbol.value(),
                Instant.ofEpochMilli(row.openTime()));
    }

    private void countDays(NavigableMap<LocalDate, DayChanges> days) {
        tables.each(
                """
                insert into @candle_day as held (symbol, day, bars, changes, first_known_at, known_at)
                select ?, new.* from unnest(?::date[], ?::int[], ?::int[], ?::timestamptz[], ?::timestamptz[]) as new
                on conflict (symbol, day) do update
                set bars = held.bars + excluded.bars, changes = held.changes + excluded.changes,
                    first_known_at = least(held.first_known_at, excluded.first_known_at),
                    known_at = greatest(held.known_at, excluded.known_at)
                returning day, bars
                """,
                row -> {
                    DayChanges day = days.get(row.getObject(1, LocalDate.class));
                    if (day != null) {
                        day.bars = row.getInt(2);
                    }
                },
                symbol.value(),
                List.copyOf(days.keySet()),
                days.values().stream().map(day -> day.added).toList(),
                days.values().stream().map(day -> day.changes).toList(),
                days.values().stream().map(day -> day.firstKnownAt).toList(),
                days.values().stream().map(day -> day.knownAt).toList());
    }

    private void describeMarket(NavigableMap<LocalDate, DayChanges> days) {
        CandleRow first = days.firstEntry().getValue().rows.getFirst();
        CandleRow last = days.lastEntry().getValue().rows.getLast();
        long added = days.values().stream().mapToLong(day -> day.added).sum();
        tables.update(
                """
                insert into @market as held (symbol, first_open_time, last_open_time, last_close, candles)
                values (?, ?, ?, ?, ?)
                on conflict (symbol) do update
                set first_open_time = least(held.first_open_time, excluded.first_open_time),
                    last_open_time = greatest(held.last_open_time, excluded.last_open_time),
                    last_close = case when held.last_open_time > excluded.last_open_time
                                      then held.last_close else excluded.last_close end,
                    candles = held.candles + excluded.candles
                """,
                symbol.value(),
                Instant.ofEpochMilli(first.openTime()),
                Instant.ofEpochMilli(last.openTime()),
                last.close(),
                added);
    }

    /** The changes of a batch to one day. */
    static final class DayChanges {
        /** The latest revision of each changed bar, by open time. */
        final List<CandleRow> rows = new ArrayList<>();

        /** Number of new bars. */
        int added;
        /** Number of new revisions, including those that the same batch supersedes. */
        int changes;
        /** Number of the day's bars after the batch. */
        int bars;
        /** When the first of the changes became known. */
        Instant firstKnownAt = Instant.MAX;
        /** When the last of the changes became known. */
        Instant knownAt = Instant.MIN;

        /** Adds a change; those of one bar follow each other, the latest revision last. */
        void change(CandleRow row) {
            changes++;
            if (!rows.isEmpty() && rows.getLast().openTime() == row.openTime()) {
                rows.removeLast();
            }
            rows.add(row);
            firstKnownAt = row.knownAt().isBefore(firstKnownAt) ? row.knownAt() : firstKnownAt;
            knownAt = row.knownAt().isAfter(knownAt) ? row.knownAt() : knownAt;
        }

        /** Returns whether {@link #rows} holds all bars of the day. */
        boolean isWhole() {
            return bars == rows.size();
        }

        Set<Integer> touchedBuckets(int minutes) {
            Set<Integer> buckets = new HashSet<>();
            for (CandleRow row : rows) {
                buckets.add(row.minuteOfDay() / minutes);
            }
            return buckets;
        }
    }
}
