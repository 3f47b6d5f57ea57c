package io.hindcast.query.market;

import io.hindcast.api.market.CandleSeries;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.Symbol;
import io.hindcast.query.Buckets;
import io.hindcast.query.DayCache;
import io.hindcast.query.QueryProperties;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Candles for charts: read from the coarsest table that serves, merged, and kept in memory by day. */
final class CandleCharts {

    private final ReadModelReader readModel;
    private final DayCache<Columns> cache;

    CandleCharts(ReadModelReader readModel, QueryProperties properties) {
        this.readModel = readModel;
        this.cache =
                new DayCache<>(properties.chartCachePoints(), properties.chartFreshness(), columns -> columns.size);
    }

    long cachedPoints() {
        return cache.held();
    }

    CandleSeries series(FindCandles query) {
        Buckets buckets = Buckets.of(query.from(), query.to(), query.maxPoints());
        List<Columns> days = readModel.read(reader -> cache.days(
                reader.build(),
                query.symbol().value(),
                buckets.minutes(),
                buckets.firstDay(),
                buckets.lastDay(),
                new Table(reader, query.symbol(), buckets)));
        return Columns.cut(days, buckets.from(), buckets.to()).series(query.symbol(), buckets.seconds());
    }

    private record Table(TableReader reader, Symbol symbol, Buckets buckets) implements DayCache.Source<Columns> {

        @Override
        public NavigableMap<Long, Integer> changes() {
            NavigableMap<Long, Integer> changes = new TreeMap<>();
            reader.each(
                    "select day, changes from @candle_day where symbol = ?",
                    row -> changes.put(row.getObject(1, LocalDate.class).toEpochDay(), row.getInt(2)),
                    symbol.value());
            return changes;
        }

        @Override
        public Map<Long, Columns> read(long firstDay, long lastDay) {
            Map<Long, Columns> days = new HashMap<>();
            long seconds = buckets.seconds();
            RowCallbackHandler merge = row -> {
                long time = row.getLong(1);
                days.computeIfAbsent(Math.floorDiv(time, 86_400L), ignored -> new Columns())
                        .merge(
                                Math.floorDiv(time, seconds) * seconds,
                                row.getDouble(2),
                                row.getDouble(3),
                                row.getDouble(4),
                                row.getDouble(5),
                                row.getDouble(6));
            };
            Instant from = Instant.ofEpochSecond(firstDay * 86_400);
            Instant to = Instant.ofEpochSecond((lastDay + 1) * 86_400);
            if (buckets.sourceMinutes() == 1) {
                reader.each("""
                        select extract(epoch from open_time)::bigint, open::float8, high::float8, low::float8,
                               close::float8, volume::float8
                        from @candle where symbol = ? and open_time >= ? and open_time < ? order by open_time
                        """, merge, symbol.value(), from, to);
            } else {
                reader.each("""
                        select extract(epoch from open_time)::bigint, open, high, low, close, volume
                        from @candle_rollup
                        where symbol = ? and minutes = ? and open_time >= ? and open_time < ? order by open_time
                        """, merge, symbol.value(), buckets.sourceMinutes(), from, to);
            }
            return days;
        }
    }

    /** Bars as growing columns. */
    private static final class Columns {
        int size;
        long[] time = new long[24];
        double[] open = new double[24];
        double[] high = new double[24];
        double[] low = new double[24];
        double[] close = new double[24];
        double[] volume = new double[24];

        /** Adds a bar in order of time: to the last bucket if it is the same, else as a bucket of its own. */
        void merge(long bucket, double o, double h, double l, double c, double v) {
            int last = size - 1;
            if (last >= 0 && time[last] == bucket) {
                high[last] = Math.max(high[last], h);
                low[last] = Math.min(low[last], l);
                close[last] = c;
                volume[last] += v;
                return;
            }
            room(size + 1);
            time[size] = bucket;
            open[size] = o;
            high[size] = h;
            low[size] = l;
            close[size] = c;
            volume[size] = v;
            size++;
        }

        private void room(int needed) {
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

        /** What lies within a span of time, of days in order. */
        static Columns cut(List<Columns> days, long from, long to) {
            Columns all = new Columns();
            all.room(days.stream().mapToInt(day -> day.size).sum());
            for (Columns day : days) {
                int first = place(day, from);
                int count = place(day, to) - first;
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

        private static int place(Columns day, long time) {
            int place = Arrays.binarySearch(day.time, 0, day.size, time);
            return place < 0 ? -place - 1 : place;
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
