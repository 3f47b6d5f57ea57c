package io.hindcast.projections.prediction;

import io.hindcast.api.prediction.Signal;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes counts of signals over 5, 60 and 1440 minutes, with the last signal of each bucket. The result does not depend
 * on the order in which predictions come.
 */
final class PredictionRollups {

    private static final int[] MINUTES = {5, 60, 1440};

    private final TableWriter tables;

    PredictionRollups(TableWriter tables) {
        this.tables = tables;
    }

    /** A prediction that is not counted yet. */
    record NewPrediction(String version, long openTime, Signal signal, boolean reconciled) {}

    private record Key(String version, int minutes, long openTime) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = version.compareTo(other.version);
            order = order != 0 ? order : Integer.compare(minutes, other.minutes);
            return order != 0 ? order : Long.compare(openTime, other.openTime);
        }
    }

    private static final class Counts {
        int sell;
        int hold;
        int buy;
        int reconciled;
        long lastTime = Long.MIN_VALUE;
        Signal last = Signal.HOLD;

        void add(NewPrediction prediction) {
            switch (prediction.signal) {
                case SELL -> sell++;
                case HOLD -> hold++;
                case BUY -> buy++;
            }
            reconciled += prediction.reconciled ? 1 : 0;
            if (prediction.openTime > lastTime) {
                lastTime = prediction.openTime;
                last = prediction.signal;
            }
        }
    }

    /** Counts the buckets of predictions that replaced others anew, from all their predictions. */
    void recount(List<NewPrediction> replacing) {
        TreeSet<Key> buckets = new TreeSet<>();
        for (NewPrediction prediction : replacing) {
            for (int minutes : MINUTES) {
                buckets.add(new Key(prediction.version, minutes, bucket(prediction.openTime, minutes)));
            }
        }
        tables.update(
                """
                update @prediction_rollup held
                set sell = new.sell, hold = new.hold, buy = new.buy, reconciled = new.reconciled, last = new.last
                from (
                    select b.version, b.minutes, b.open_time,
                           count(*) filter (where p.signal = 'SELL') as sell,
                           count(*) filter (where p.signal = 'HOLD') as hold,
                           count(*) filter (where p.signal = 'BUY') as buy,
                           count(*) filter (where p.origin = 'RECONCILED') as reconciled,
                           (array_agg(p.signal order by p.open_time desc))[1] as last
                    from unnest(?::text[], ?::int[], ?::timestamptz[]) as b (version, minutes, open_time)
                    join @prediction p on p.version = b.version and p.open_time >= b.open_time
                                          and p.open_time < b.open_time + b.minutes * interval '1 minute'
                    group by b.version, b.minutes, b.open_time
                ) new
                where held.version = new.version and held.minutes = new.minutes and held.open_time = new.open_time
                """,
                buckets.stream().map(Key::version).toList(),
                buckets.stream().map(Key::minutes).toList(),
                buckets.stream().map(key -> Instant.ofEpochMilli(key.openTime)).toList());
    }

    private static long bucket(long openTime, int minutes) {
        return Math.floorDiv(openTime, minutes * 60_000L) * minutes * 60_000L;
    }

    void add(List<NewPrediction> predictions) {
        TreeMap<Key, Counts> buckets = new TreeMap<>();
        for (NewPrediction prediction : predictions) {
            for (int minutes : MINUTES) {
                long bucket = bucket(prediction.openTime, minutes);
                Objects.requireNonNull(buckets.computeIfAbsent(
                                new Key(prediction.version, minutes, bucket), ignored -> new Counts()))
                        .add(prediction);
            }
        }
        tables.update(
                """
                insert into @prediction_rollup as held (version, minutes, open_time, sell, hold, buy, reconciled, last, last_time)
                select *
                from unnest(?::text[], ?::int[], ?::timestamptz[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[],
                            ?::timestamptz[])
                on conflict (version, minutes, open_time) do update
                set sell = held.sell + excluded.sell, hold = held.hold + excluded.hold, buy = held.buy + excluded.buy,
                    reconciled = held.reconciled + excluded.reconciled,
                    last = case when excluded.last_time > held.last_time then excluded.last else held.last end,
                    last_time = greatest(held.last_time, excluded.last_time)
                """,
                buckets.keySet().stream().map(Key::version).toList(),
                buckets.keySet().stream().map(Key::minutes).toList(),
                buckets.keySet().stream()
                        .map(key -> Instant.ofEpochMilli(key.openTime))
                        .toList(),
                buckets.values().stream().map(counts -> counts.sell).toList(),
                buckets.values().stream().map(counts -> counts.hold).toList(),
                buckets.values().stream().map(counts -> counts.buy).toList(),
                buckets.values().stream().map(counts -> counts.reconciled).toList(),
                buckets.values().stream().map(counts -> counts.last.name()).toList(),
                buckets.values().stream()
                        .map(counts -> Instant.ofEpochMilli(counts.lastTime))
                        .toList());
    }
}
