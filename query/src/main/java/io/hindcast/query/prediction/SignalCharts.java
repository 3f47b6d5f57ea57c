package io.hindcast.query.prediction;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.Signal;
import io.hindcast.api.prediction.SignalChart;
import io.hindcast.api.prediction.SignalSeries;
import io.hindcast.query.ChartBuckets;
import io.hindcast.query.ChartDayCache;
import io.hindcast.query.QueryProperties;
import io.hindcast.query.model.LiveVersion;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Signal charts: the signals of live versions, counted over the same buckets as candle charts have. */
final class SignalCharts {

    /**
     * Count of a day's changes: rises by 2 with each prediction of a lane, by 1 with each from the log, and by 1 when
     * the former replaces the latter.
     */
    private static final String CHANGES = "2 * predictions - reconciled";

    private final ReadModelReader readModel;
    private final ChartDayCache<List<Bucket>> cache;

    SignalCharts(ReadModelReader readModel, QueryProperties properties) {
        this.readModel = readModel;
        this.cache = new ChartDayCache<>(properties.chartCachePoints(), properties.chartFreshness(), List::size);
    }

    private record Bucket(long time, int sell, int hold, int buy, int reconciled, Signal last) {
        Bucket merge(Bucket next) {
            return new Bucket(
                    time, sell + next.sell, hold + next.hold, buy + next.buy, reconciled + next.reconciled, next.last);
        }
    }

    SignalChart chart(FindSignals query) {
        ChartBuckets buckets = ChartBuckets.of(query.from(), query.to(), query.maxPoints());
        return readModel.read(
                query.asOf(),
                tables -> new SignalChart(LiveVersion.of(tables, query.symbol()).stream()
                        .map(live -> series(tables, live, buckets))
                        .toList()));
    }

    private SignalSeries series(TableReader tables, LiveVersion live, ChartBuckets buckets) {
        String version = live.version().toString();
        ChartDayCache.Subject subject = new ChartDayCache.Subject(tables.build(), version);
        TableSource source = new TableSource(tables, version, buckets);
        List<List<Bucket>> days = tables.asOf().isPresent()
                ? cache.daysAsOf(subject, buckets, source)
                : cache.days(subject, buckets, source);
        List<Bucket> found = days.stream()
                .flatMap(List::stream)
                .filter(bucket -> bucket.time >= buckets.from() && bucket.time < buckets.to())
                .toList();
        return new SignalSeries(
                live.version(),
                live.slot(),
                buckets.seconds(),
                found.stream().mapToLong(Bucket::time).toArray(),
                found.stream().mapToInt(Bucket::sell).toArray(),
                found.stream().mapToInt(Bucket::hold).toArray(),
                found.stream().mapToInt(Bucket::buy).toArray(),
                found.stream().mapToInt(Bucket::reconciled).toArray(),
                found.stream().map(Bucket::last).toList(),
                live.inSample());
    }

    private record TableSource(TableReader tables, String version, ChartBuckets buckets)
            implements ChartDayCache.PastSource<List<Bucket>> {

        @Override
        public NavigableMap<LocalDate, Integer> changes() {
            NavigableMap<LocalDate, Integer> changes = new TreeMap<>();
            tables.each(
                    "select day, " + CHANGES + " from @prediction_day where version = ?",
                    row -> changes.put(row.getObject(1, LocalDate.class), row.getInt(2)),
                    version);
            return changes;
        }

        @Override
        public NavigableMap<LocalDate, OptionalInt> daysThen() {
            NavigableMap<LocalDate, OptionalInt> days = new TreeMap<>();
            tables.each(
                    "select day, " + CHANGES + ", known_at <= ? from @prediction_day"
                            + " where version = ? and day between ? and ?",
                    row -> days.put(
                            row.getObject(1, LocalDate.class),
                            row.getBoolean(3) ? OptionalInt.of(row.getInt(2)) : OptionalInt.empty()),
                    tables.asOf(),
                    version,
                    buckets.firstDay(),
                    buckets.lastDay());
            return days;
        }

        @Override
        public Map<LocalDate, List<Bucket>> read(LocalDate first, LocalDate last) {
            if (buckets.sourceMinutes() == 1) {
                return readRows(first, last);
            }
            Map<LocalDate, List<Bucket>> days = new HashMap<>();
            tables.each(
                    """
                    select extract(epoch from open_time)::bigint, sell, hold, buy, reconciled, last
                    from @prediction_rollup
                    where version = ? and minutes = ? and open_time >= ? and open_time < ? order by open_time
                    """,
                    row -> merge(row, days),
                    version,
                    buckets.sourceMinutes(),
                    UtcDay.start(first),
                    UtcDay.end(last));
            return days;
        }

        @Override
        public Map<LocalDate, List<Bucket>> readRows(LocalDate first, LocalDate last) {
            Map<LocalDate, List<Bucket>> days = new HashMap<>();
            tables.each("""
                    select extract(epoch from open_time)::bigint, (signal = 'SELL')::int, (signal = 'HOLD')::int,
                           (signal = 'BUY')::int, (origin = 'RECONCILED')::int, signal
                    from @prediction where version = ? and open_time >= ? and open_time < ? order by open_time
                    """, row -> merge(row, days), version, UtcDay.start(first), UtcDay.end(last));
            return days;
        }

        private void merge(ResultSet row, Map<LocalDate, List<Bucket>> days) throws SQLException {
            long time = row.getLong(1);
            Bucket bucket = new Bucket(
                    buckets.start(time),
                    row.getInt(2),
                    row.getInt(3),
                    row.getInt(4),
                    row.getInt(5),
                    Signal.valueOf(row.getString(6)));
            List<Bucket> day =
                    days.computeIfAbsent(UtcDay.of(Instant.ofEpochSecond(time)), ignored -> new ArrayList<>());
            if (!day.isEmpty() && day.getLast().time == bucket.time) {
                day.set(day.size() - 1, day.getLast().merge(bucket));
            } else {
                day.add(bucket);
            }
        }
    }
}
