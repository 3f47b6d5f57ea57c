package io.hindcast.projections.market;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.projections.market.CandleProjection.DayChanges;
import io.hindcast.readmodel.BinaryCopy;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes bars of 5, 60 and 1440 minutes. A changed bucket is computed again from all its bars in order of time, so that
 * it does not depend on the order in which the bars arrived, floating-point sums included.
 */
final class CandleRollups {

    private static final int[] MINUTES = {5, 60, 1440};

    private final TableWriter tables;
    private final Symbol symbol;

    CandleRollups(TableWriter tables, Symbol symbol) {
        this.tables = tables;
        this.symbol = symbol;
    }

    private record Bar(int minute, double open, double high, double low, double close, double volume) {}

    private record Bucket(
            int minutes, Instant openTime, double open, double high, double low, double close, double volume) {}

    void update(NavigableMap<LocalDate, DayChanges> days) {
        NavigableMap<LocalDate, List<Bar>> barsOfPartialDays = barsOf(days.entrySet().stream()
                .filter(day -> !day.getValue().isWhole())
                .map(Map.Entry::getKey)
                .toList());
        List<Bucket> fresh = new ArrayList<>();
        List<Bucket> renewed = new ArrayList<>();
        days.forEach((day, changes) -> {
            boolean isNew = changes.isWhole() && changes.added == changes.bars;
            List<Bar> bars = changes.isWhole()
                    ? changes.rows.stream().map(CandleRollups::bar).toList()
                    : barsOfPartialDays.getOrDefault(day, List.of());
            for (int minutes : MINUTES) {
                buckets(day, minutes, bars, changes.touchedBuckets(minutes), isNew ? fresh : renewed);
            }
        });
        insert(fresh);
        upsert(renewed);
    }

    private static Bar bar(CandleRow row) {
        return new Bar(
                row.minuteOfDay(),
                row.open().doubleValue(),
                row.high().doubleValue(),
                row.low().doubleValue(),
                row.close().doubleValue(),
                row.volume().doubleValue());
    }

    private NavigableMap<LocalDate, List<Bar>> barsOf(List<LocalDate> days) {
        NavigableMap<LocalDate, List<Bar>> bars = new TreeMap<>();
        for (LocalDate day : days) {
            Instant midnight = UtcDay.start(day);
            bars.put(
                    day,
                    tables.list(
                            """
                            select extract(epoch from open_time)::bigint, open::float8, high::float8, low::float8,
                                   close::float8, volume::float8
                            from @candle where symbol = ? and open_time >= ? and open_time < ? order by open_time
                            """,
                            row -> new Bar(
                                    (int) (row.getLong(1) - midnight.getEpochSecond()) / 60,
                                    row.getDouble(2),
                                    row.getDouble(3),
                                    row.getDouble(4),
                                    row.getDouble(5),
                                    row.getDouble(6)),
                            symbol.value(),
                            midnight,
                            UtcDay.end(day)));
        }
        return bars;
    }

    private static void buckets(
            LocalDate day, int minutes, List<Bar> bars, Set<Integer> touched, List<Bucket> buckets) {
        Instant midnight = UtcDay.start(day);
        int i = 0;
        while (i < bars.size()) {
            int bucket = bars.get(i).minute / minutes;
            Bar first = bars.get(i);
            double high = first.high;
            double low = first.low;
            double close = first.close;
            double volume = first.volume;
            for (i++; i < bars.size() && bars.get(i).minute / minutes == bucket; i++) {
                Bar bar = bars.get(i);
                high = Math.max(high, bar.high);
                low = Math.min(low, bar.low);
                close = bar.close;
                volume += bar.volume;
            }
            if (touched.contains(bucket)) {
                buckets.add(new Bucket(
                        minutes, midnight.plusSeconds(60L * bucket * minutes), first.open, high, low, close, volume));
            }
        }
    }

    private void insert(List<Bucket> buckets) {
        BinaryCopy rows = new BinaryCopy();
        for (Bucket bucket : buckets) {
            rows.row(8)
                    .text(symbol.value())
                    .smallint(bucket.minutes)
                    .time(bucket.openTime)
                    .float8(bucket.open)
                    .float8(bucket.high)
                    .float8(bucket.low)
                    .float8(bucket.close)
                    .float8(bucket.volume);
        }
        tables.copy(rows, "@candle_rollup (symbol, minutes, open_time, open, high, low, close, volume)");
    }

    private void upsert(List<Bucket> buckets) {
        if (buckets.isEmpty()) {
            return;
        }
        tables.update(
                """
                insert into @candle_rollup (symbol, minutes, open_time, open, high, low, close, volume)
                select ?, new.*
                from unnest(?::int[], ?::timestamptz[], ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[])
                    as new
                on conflict (symbol, minutes, open_time) do update
                set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
                    volume = excluded.volume
                """,
                symbol.value(),
                buckets.stream().map(Bucket::minutes).toList(),
                buckets.stream().map(Bucket::openTime).toList(),
                buckets.stream().map(Bucket::open).toList(),
                buckets.stream().map(Bucket::high).toList(),
                buckets.stream().map(Bucket::low).toList(),
                buckets.stream().map(Bucket::close).toList(),
                buckets.stream().map(Bucket::volume).toList());
    }
}
