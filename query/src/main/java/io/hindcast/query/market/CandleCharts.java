package io.hindcast.query.market;

import io.hindcast.api.market.CandleSeries;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.query.ChartBuckets;
import io.hindcast.query.ChartDayCache;
import io.hindcast.query.QueryProperties;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Candle charts: read from the coarsest table that suffices, merged into buckets, and cached by day. */
final class CandleCharts {

    private final ReadModelReader readModel;
    private final ChartDayCache<Columns> cache;

    CandleCharts(ReadModelReader readModel, QueryProperties properties) {
        this.readModel = readModel;
        this.cache = new ChartDayCache<>(
                properties.chartCachePoints(), properties.chartFreshness(), columns -> columns.size);
    }

    long cachedPoints() {
        return cache.cachedPoints();
    }

    CandleSeries series(FindCandles query) {
        ChartBuckets buckets = ChartBuckets.of(query.from(), query.to(), query.maxPoints());
        List<Columns> days = readModel.read(query.asOf(), tables -> {
            ChartDayCache.Subject subject =
                    new ChartDayCache.Subject(tables.build(), query.symbol().value());
            TableSource source = new TableSource(tables, query.symbol(), buckets);
            return query.asOf().isPresent()
                    ? cache.daysAsOf(subject, buckets, source)
                    : cache.days(subject, buckets, source);
        });
        return Columns.cut(days, buckets.from(), buckets.to()).series(query.symbol(), buckets.seconds());
    }

    private record TableSource(TableReader tables, Symbol symbol, ChartBuckets buckets)
            implements ChartDayCache.PastSource<Columns> {

        @Override
        public NavigableMap<LocalDate, Integer> changes() {
            NavigableMap<LocalDate, Integer> changes = new TreeMap<>();
            tables.each(
                    "select day, changes from @candle_day where symbol = ?",
                    row -> changes.put(row.getObject(1, LocalDate.class), row.getInt(2)),
                    symbol.value());
            return changes;
        }

        @Override
        public NavigableMap<LocalDate, OptionalInt> daysThen() {
            NavigableMap<LocalDate, OptionalInt> days = new TreeMap<>();
            tables.each(
                    "select day, changes, known_at <= ? from @candle_day where symbol = ? and day between ? and ?",
                    row -> days.put(
                            row.getObject(1, LocalDate.class),
                            row.getBoolean(3) ? OptionalInt.of(row.getInt(2)) : OptionalInt.empty()),
                    tables.asOf(),
                    symbol.value(),
                    buckets.firstDay(),
                    buckets.lastDay());
            return days;
        }

        @Override
        public Map<LocalDate, Columns> read(LocalDate first, LocalDate last) {
            if (buckets.sourceMinutes() == 1) {
                return readRows(first, last);
            }
            Map<LocalDate, Columns> days = new HashMap<>();
            tables.each(
                    """
                    select extract(epoch from open_time)::bigint, open, high, low, close, volume
                    from @candle_rollup
                    where symbol = ? and minutes = ? and open_time >= ? and open_time < ? order by open_time
                    """,
                    row -> merge(row, days, buckets.minutes()),
                    symbol.value(),
                    buckets.sourceMinutes(),
                    UtcDay.start(first),
                    UtcDay.end(last));
            return days;
        }

        /** Merges bars as the roll-ups do, so that sums are equal to the last bit. */
        @Override
        public Map<LocalDate, Columns> readRows(LocalDate first, LocalDate last) {
            Map<LocalDate, Columns> days = new HashMap<>();
            tables.each(
                    """
                    select extract(epoch from open_time)::bigint, open::float8, high::float8, low::float8,
                           close::float8, volume::float8
                    from @candle where symbol = ? and open_time >= ? and open_time < ? order by open_time
                    """,
                    row -> merge(row, days, buckets.sourceMinutes()),
                    symbol.value(),
                    UtcDay.start(first),
                    UtcDay.end(last));
            if (buckets.minutes() != buckets.sourceMinutes()) {
                days.replaceAll((day, bars) -> bars.merged(buckets));
            }
            return days;
        }

        private static void merge(ResultSet row, Map<LocalDate, Columns> days, int minutes) throws SQLException {
            long time = row.getLong(1);
            long seconds = 60L * minutes;
            days.computeIfAbsent(UtcDay.of(Instant.ofEpochSecond(time)), ignored -> new Columns())
                    .merge(
                            Math.floorDiv(time, seconds) * seconds,
                            row.getDouble(2),
                            row.getDouble(3),
                            row.getDouble(4),
                            row.getDouble(5),
                            row.getDouble(6));
        }
    }

    /** Bars in columns that grow. */
    private static final class Columns {
        int size;
        long[] time = new long[24];
        double[] open = new double[24];
        double[] high = new double[24];
        double[] low = new double[24];
        double[] close = new double[24];
        double[] volume = new double[24];

        /** Merges the next bar, in order of time, into its bucket. */
        void merge(long bucket, double o, double h, double l, double c, double v) {
            int last = size - 1;
            if (last >= 0 && time[last] == bucket) {
                high[last] = Math.max(high[last], h);
                low[last] = Math.min(low[last], l);
                close[last] = c;
                volume[last] += v;
                return;
            }
            ensureCapacity(size + 1);
            time[size] = bucket;
            open[size] = o;
            high[size] = h;
            low[size] = l;
            close[size] = c;
            volume[size] = v;
            size++;
        }

        /** Returns these bars merged into longer buckets. */
        Columns merged(ChartBuckets buckets) {
            Columns merged = new Columns();
            for (int i = 0; i < size; i++) {
                merged.merge(buckets.start(time[i]), open[i], high[i], low[i], close[i], volume[i]);
            }
            return merged;
        }

        private void ensureCapacity(int needed) {
            if (needed > time.length) {
                int length = Math.max(2 * time.length, needed);
                time = Arrays.copyOf(time, length);
                open = Arrays.copyOf(open, length);
                high = Arrays.copyOf(high, length);
                low = Arrays.copyOf(low, length);
                close = Arrays.copyOf(close, length);
                volume = Arrays.copyOf(volume, length);
            }
        }

        /** Returns the buckets of consecutive days from {@code from} (inclusive) to {@code to} (exclusive). */
        static Columns cut(List<Columns> days, long from, long to) {
            Columns all = new Columns();
            all.ensureCapacity(days.stream().mapToInt(day -> day.size).sum());
            for (Columns day : days) {
                int first = indexOf(day, from);
                int count = indexOf(day, to) - first;
                System.arraycopy(day.time, first, all.time, all.size, count);
                System.arraycopy(day.open, first, all.open, all.size, count);
                System.arraycopy(day.high, first, all.high, all.size, count);
                System.arraycopy(day.low, first, all.low, all.size, count);
                System.arraycopy(day.close, first, all.close, all.size, count);
                System.arraycopy(day.volume, first, all.volume, all.size, count);
                all.size += count;
            }
            return all;
        }

        private static int indexOf(Columns day, long time) {
            int index = Arrays.binarySearch(day.time, 0, day.size, time);
            return index < 0 ? -index - 1 : index;
        }

        CandleSeries series(Symbol symbol, int seconds) {
            return new CandleSeries(
                    symbol,
                    seconds,
                    Arrays.copyOf(time, size),
                    Arrays.copyOf(open, size),
                    Arrays.copyOf(high, size),
                    Arrays.copyOf(low, size),
                    Arrays.copyOf(close, size),
                    Arrays.copyOf(volume, size));
        }
    }
}
