package io.hindcast.query.prediction;

import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.Signal;
import io.hindcast.api.prediction.SignalChart;
import io.hindcast.api.prediction.SignalSeries;
import io.hindcast.query.Buckets;
import io.hindcast.query.DayCache;
import io.hindcast.query.QueryProperties;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Signals of live versions for charts, counted over the buckets of the candles they are drawn on. */
final class SignalCharts {

    private final ReadModelReader readModel;
    private final DayCache<List<Bucket>> cache;

    SignalCharts(ReadModelReader readModel, QueryProperties properties) {
        this.readModel = readModel;
        this.cache = new DayCache<>(properties.chartCachePoints(), properties.chartFreshness(), List::size);
    }

    private record Live(VersionId version, Slot slot) {}

    private record Bucket(long time, int sell, int hold, int buy, Signal last) {
        Bucket and(Bucket next) {
            return new Bucket(time, sell + next.sell, hold + next.hold, buy + next.buy, next.last);
        }
    }

    SignalChart chart(FindSignals query) {
        Buckets buckets = Buckets.of(query.from(), query.to(), query.maxPoints());
        return readModel.read(reader -> {
            List<Live> live = new ArrayList<>(reader.list(
                    "select version, slot from @model_version where symbol = ? and slot is not null",
                    row -> new Live(VersionId.parse(row.getString(1)), Slot.valueOf(row.getString(2))),
                    query.symbol().value()));
            live.sort(Comparator.comparing(Live::version));
            return new SignalChart(live.stream()
                    .map(version -> series(reader, version, buckets))
                    .toList());
        });
    }

    private SignalSeries series(TableReader reader, Live live, Buckets buckets) {
        String version = live.version.toString();
        List<Bucket> found = cache
                .days(
                        reader.build(),
                        version,
                        buckets.minutes(),
                        buckets.firstDay(),
                        buckets.lastDay(),
                        new Table(reader, version, buckets))
                .stream()
                .flatMap(List::stream)
                .filter(bucket -> bucket.time >= buckets.from() && bucket.time < buckets.to())
                .toList();
        return new SignalSeries(
                live.version,
                live.slot,
                buckets.seconds(),
                found.stream().mapToLong(Bucket::time).toArray(),
                found.stream().mapToInt(Bucket::sell).toArray(),
                found.stream().mapToInt(Bucket::hold).toArray(),
                found.stream().mapToInt(Bucket::buy).toArray(),
                found.stream().map(Bucket::last).toList());
    }

    private record Table(TableReader reader, String version, Buckets buckets) implements DayCache.Source<List<Bucket>> {

        @Override
        public NavigableMap<Long, Integer> changes() {
            NavigableMap<Long, Integer> changes = new TreeMap<>();
            reader.each(
                    "select day, predictions from @prediction_day where version = ?",
                    row -> changes.put(row.getObject(1, LocalDate.class).toEpochDay(), row.getInt(2)),
                    version);
            return changes;
        }

        @Override
        public Map<Long, List<Bucket>> read(long firstDay, long lastDay) {
            Map<Long, List<Bucket>> days = new HashMap<>();
            long seconds = buckets.seconds();
            RowCallbackHandler merge = row -> {
                long time = row.getLong(1);
                Bucket bucket = new Bucket(
                        Math.floorDiv(time, seconds) * seconds,
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        Signal.valueOf(row.getString(5)));
                List<Bucket> day = days.computeIfAbsent(Math.floorDiv(time, 86_400L), ignored -> new ArrayList<>());
                if (!day.isEmpty() && day.getLast().time == bucket.time) {
                    day.set(day.size() - 1, day.getLast().and(bucket));
                } else {
                    day.add(bucket);
                }
            };
            Instant from = Instant.ofEpochSecond(firstDay * 86_400);
            Instant to = Instant.ofEpochSecond((lastDay + 1) * 86_400);
            if (buckets.sourceMinutes() == 1) {
                reader.each("""
                        select extract(epoch from open_time)::bigint, (signal = 'SELL')::int, (signal = 'HOLD')::int,
                               (signal = 'BUY')::int, signal
                        from @prediction where version = ? and open_time >= ? and open_time < ? order by open_time
                        """, merge, version, from, to);
            } else {
                reader.each("""
                        select extract(epoch from open_time)::bigint, sell, hold, buy, last
                        from @prediction_rollup
                        where version = ? and minutes = ? and open_time >= ? and open_time < ? order by open_time
                        """, merge, version, buckets.sourceMinutes(), from, to);
            }
            return days;
        }
    }
}
