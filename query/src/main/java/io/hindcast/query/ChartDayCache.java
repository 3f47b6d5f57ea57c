package io.hindcast.query;

import io.hindcast.readmodel.ReadModelBuild;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Days of a chart in memory, least recently used out first. The read models count the changes of each day: a remembered
 * day is used only while that count is what it was before the day was read.
 *
 * @param <D> a day's points
 */
public final class DayCache<D> {

    private static final int MAX_INDEXES = 2_000;

    private final int maxPoints;
    private final long freshNanos;
    private final ToIntFunction<D> points;
    private final LinkedHashMap<Key, Entry<D>> days = new LinkedHashMap<>(256, 0.75f, true);
    private final LinkedHashMap<IndexKey, Index> indexes = new LinkedHashMap<>(16, 0.75f, true);
    private final Object[] readers = Stream.generate(Object::new).limit(64).toArray();
    private long held;

    public DayCache(int maxPoints, Duration freshness, ToIntFunction<D> points) {
        this.maxPoints = maxPoints;
        this.freshNanos = freshness.toNanos();
        this.points = points;
    }

    private record IndexKey(ReadModelBuild build, String subject) {}

    private record Key(ReadModelBuild build, String subject, int minutes, long day) {}

    private record Entry<D>(int changes, D day) {}

    /** How often each day of a subject has changed. While someone looks again, others go by what was seen last. */
    private static final class Index {
        private final ReentrantLock looking = new ReentrantLock();
        private volatile @Nullable Seen seen;

        private record Seen(NavigableMap<Long, Integer> changes, long at) {}

        NavigableMap<Long, Integer> fresh(long freshNanos, Supplier<NavigableMap<Long, Integer>> reader) {
            Seen last = seen;
            if (last != null && (System.nanoTime() - last.at <= freshNanos || looking.isLocked())) {
                return last.changes;
            }
            looking.lock();
            try {
                Seen now = seen;
                if (now == null || System.nanoTime() - now.at > freshNanos) {
                    // The moment before the look: what changes during it is seen next time.
                    long at = System.nanoTime();
                    now = new Seen(reader.get(), at);
                    seen = now;
                }
                return now.changes;
            } finally {
                looking.unlock();
            }
        }
    }

    /** Where a chart's days come from. */
    public interface Source<D> {
        /** Changes by day (since 1970) of all the days of a subject. */
        NavigableMap<Long, Integer> changes();

        /** The points of these days, from the first to the last of them; a day without points may be left out. */
        Map<Long, D> read(long firstDay, long lastDay);
    }

    /** The days that hold something, in order. */
    public List<D> days(
            ReadModelBuild build, String subject, int minutes, long firstDay, long lastDay, Source<D> source) {
        NavigableMap<Long, Integer> changes = index(new IndexKey(build, subject))
                .fresh(freshNanos, source::changes)
                .subMap(firstDay, true, lastDay, true);
        Map<Long, D> found = new HashMap<>();
        if (!recall(build, subject, minutes, changes, found)) {
            // Who asks for the same chart meanwhile waits for this reading instead of repeating it.
            synchronized (readers[Math.floorMod(new Key(build, subject, minutes, 0).hashCode(), readers.length)]) {
                if (!recall(build, subject, minutes, changes, found)) {
                    readMissing(build, subject, minutes, changes, found, source);
                }
            }
        }
        List<D> result = new ArrayList<>(changes.size());
        for (long day : changes.keySet()) {
            @Nullable D points = found.get(day);
            if (points != null) {
                result.add(points);
            }
        }
        return result;
    }

    /** Puts what is remembered into {@code found}; true if that is everything. */
    private boolean recall(
            ReadModelBuild build,
            String subject,
            int minutes,
            NavigableMap<Long, Integer> changes,
            Map<Long, D> found) {
        boolean all = true;
        synchronized (days) {
            for (Map.Entry<Long, Integer> day : changes.entrySet()) {
                @Nullable Entry<D> entry = days.get(new Key(build, subject, minutes, day.getKey()));
                if (entry != null && entry.changes == day.getValue()) {
                    found.put(day.getKey(), entry.day);
                } else {
                    all = false;
                }
            }
        }
        return all;
    }

    private void readMissing(
            ReadModelBuild build,
            String subject,
            int minutes,
            NavigableMap<Long, Integer> changes,
            Map<Long, D> found,
            Source<D> source) {
        List<Long> missing =
                changes.keySet().stream().filter(day -> !found.containsKey(day)).toList();
        Map<Long, D> read = source.read(missing.getFirst(), missing.getLast());
        found.putAll(read);
        remember(read, day -> new Key(build, subject, minutes, day), changes);
    }

    private Index index(IndexKey key) {
        synchronized (indexes) {
            Index index = Objects.requireNonNull(indexes.computeIfAbsent(key, ignored -> new Index()));
            dropEldest(indexes, MAX_INDEXES);
            return index;
        }
    }

    private static <K, V> void dropEldest(Map<K, V> map, int size) {
        Iterator<K> eldest = map.keySet().iterator();
        while (map.size() > size) {
            eldest.next();
            eldest.remove();
        }
    }

    private void remember(Map<Long, D> read, LongFunction<Key> key, NavigableMap<Long, Integer> changes) {
        synchronized (days) {
            read.forEach((day, content) -> {
                @Nullable Integer count = changes.get(day);
                if (count != null) {
                    held += points.applyAsInt(content);
                    @Nullable Entry<D> old = days.put(key.apply(day), new Entry<>(count, content));
                    held -= old == null ? 0 : points.applyAsInt(old.day);
                }
            });
            Iterator<Entry<D>> eldest = days.values().iterator();
            while (held > maxPoints && eldest.hasNext()) {
                held -= points.applyAsInt(eldest.next().day);
                eldest.remove();
            }
        }
    }

    /** Points held now. */
    public long held() {
        synchronized (days) {
            return held;
        }
    }
}
