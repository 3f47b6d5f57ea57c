package io.hindcast.query;

import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.runtime.BoundedMap;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cache of charts by day, limited by the number of points; the least recently used days are removed first. The read
 * models count the changes of each day: a cached day is used only while the count is what it was before the day was
 * read. Thread-safe.
 *
 * @param <D> a day's points
 */
public final class ChartDayCache<D> {

    private static final int MAX_SUBJECTS = 2_000;
    private static final int LOCKS = 64;

    private final int maxPoints;
    private final long freshNanos;
    private final ToIntFunction<D> points;
    // Not a BoundedMap: its limit is the sum of all points, not the number of entries.
    private final LinkedHashMap<DayKey, Entry<D>> days = new LinkedHashMap<>(256, 0.75f, true);
    private final BoundedMap<Subject, ChangeCounts> changeCounts = new BoundedMap<>(MAX_SUBJECTS);
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
    private long cachedPoints;

    /**
     * Creates an empty cache.
     *
     * @param freshness time for which the change counts of a subject are used before they are read again
     * @param points number of a day's points
     */
    public ChartDayCache(int maxPoints, Duration freshness, ToIntFunction<D> points) {
        this.maxPoints = maxPoints;
        this.freshNanos = freshness.toNanos();
        this.points = points;
    }

    /**
     * The subject of a chart, in one build of the read models.
     *
     * @param name symbol or version
     */
    public record Subject(ReadModelBuild build, String name) {}

    private record DayKey(Chart chart, LocalDate day) {}

    private record Chart(Subject subject, int minutes) {}

    private record Entry<D>(int changes, D day) {}

    /** The change counts of a subject's days. While one thread reads them, others use the previous ones. */
    private static final class ChangeCounts {
        private final ReentrantLock reading = new ReentrantLock();
        private volatile @Nullable Snapshot snapshot;

        private record Snapshot(NavigableMap<LocalDate, Integer> counts, long readAt) {}

        NavigableMap<LocalDate, Integer> fresh(long freshNanos, Supplier<NavigableMap<LocalDate, Integer>> reader) {
            Snapshot last = snapshot;
            if (last != null && (System.nanoTime() - last.readAt <= freshNanos || reading.isLocked())) {
                return last.counts;
            }
            reading.lock();
            try {
                Snapshot now = snapshot;
                if (now == null || System.nanoTime() - now.readAt > freshNanos) {
                    // Taken before reading, so that changes during the read are picked up by the next one.
                    long readAt = System.nanoTime();
                    now = new Snapshot(reader.get(), readAt);
                    snapshot = now;
                }
                return now.counts;
            } finally {
                reading.unlock();
            }
        }
    }

    /**
     * Reads the days of one chart. Called on the thread of {@link #days}: first {@link #changes}, unless they are
     * fresh, then {@link #read}, unless all days are cached. What either throws, {@code days} throws.
     */
    public interface Source<D> {
        /** Returns the change counts of all days of the subject. */
        NavigableMap<LocalDate, Integer> changes();

        /** Returns the points of the days from {@code first} to {@code last}; days without points may be left out. */
        Map<LocalDate, D> read(LocalDate first, LocalDate last);
    }

    /** Returns the days of a chart that hold points, in order. */
    public List<D> days(Subject subject, ChartBuckets buckets, Source<D> source) {
        NavigableMap<LocalDate, Integer> changes = changeCounts(subject)
                .fresh(freshNanos, source::changes)
                .subMap(buckets.firstDay(), true, buckets.lastDay(), true);
        return inOrder(changes.keySet(), find(new Chart(subject, buckets.minutes()), changes, source));
    }

    /**
     * Reads the days of one chart as of a moment. Called on the thread of {@link #daysAsOf}, whose exceptions it
     * throws.
     *
     * @param <D> a day's points
     */
    public interface PastSource<D> extends Source<D> {
        /**
         * Returns the days that held points at the moment. Those of which nothing became known later have the change
         * count of now.
         */
        NavigableMap<LocalDate, OptionalInt> daysThen();

        /** Returns the points of the days from {@code first} to {@code last}, from rows instead of roll-ups. */
        Map<LocalDate, D> readRows(LocalDate first, LocalDate last);
    }

    /**
     * Returns the days of a chart that held points at a moment, in order. Days that have not changed since are shared
     * with the charts of now; the others are read from their rows.
     */
    public List<D> daysAsOf(Subject subject, ChartBuckets buckets, PastSource<D> source) {
        NavigableMap<LocalDate, OptionalInt> days =
                source.daysThen().subMap(buckets.firstDay(), true, buckets.lastDay(), true);
        NavigableMap<LocalDate, Integer> unchanged = new TreeMap<>();
        days.forEach((day, changes) -> changes.ifPresent(count -> unchanged.put(day, count)));
        Map<LocalDate, D> found = find(new Chart(subject, buckets.minutes()), unchanged, source);
        NavigableSet<LocalDate> missing = new TreeSet<>(days.keySet());
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            source.readRows(missing.first(), missing.last()).forEach(found::putIfAbsent);
        }
        return inOrder(days.keySet(), found);
    }

    private Map<LocalDate, D> find(Chart chart, NavigableMap<LocalDate, Integer> changes, Source<D> source) {
        Map<LocalDate, D> found = new HashMap<>();
        if (!addCached(chart, changes, found)) {
            // Threads that need the same chart wait for this read instead of repeating it.
            synchronized (locks[Math.floorMod(chart.hashCode(), LOCKS)]) {
                if (!addCached(chart, changes, found)) {
                    readMissing(chart, changes, found, source);
                }
            }
        }
        return found;
    }

    private static <D> List<D> inOrder(Set<LocalDate> days, Map<LocalDate, D> found) {
        List<D> result = new ArrayList<>(days.size());
        for (LocalDate day : days) {
            @Nullable D content = found.get(day);
            if (content != null) {
                result.add(content);
            }
        }
        return result;
    }

    /** Adds the cached days to {@code found} and returns whether those are all. */
    private boolean addCached(Chart chart, NavigableMap<LocalDate, Integer> changes, Map<LocalDate, D> found) {
        boolean all = true;
        synchronized (days) {
            for (Map.Entry<LocalDate, Integer> day : changes.entrySet()) {
                @Nullable Entry<D> entry = days.get(new DayKey(chart, day.getKey()));
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
            Chart chart, NavigableMap<LocalDate, Integer> changes, Map<LocalDate, D> found, Source<D> source) {
        List<LocalDate> missing =
                changes.keySet().stream().filter(day -> !found.containsKey(day)).toList();
        Map<LocalDate, D> read = source.read(missing.getFirst(), missing.getLast());
        found.putAll(read);
        cache(chart, read, changes);
    }

    private ChangeCounts changeCounts(Subject subject) {
        synchronized (changeCounts) {
            return Objects.requireNonNull(changeCounts.computeIfAbsent(subject, ignored -> new ChangeCounts()));
        }
    }

    private void cache(Chart chart, Map<LocalDate, D> read, NavigableMap<LocalDate, Integer> changes) {
        synchronized (days) {
            read.forEach((day, content) -> {
                @Nullable Integer count = changes.get(day);
                if (count != null) {
                    cachedPoints += points.applyAsInt(content);
                    @Nullable Entry<D> old = days.put(new DayKey(chart, day), new Entry<>(count, content));
                    cachedPoints -= old == null ? 0 : points.applyAsInt(old.day);
                }
            });
            Iterator<Entry<D>> eldest = days.values().iterator();
            while (cachedPoints > maxPoints && eldest.hasNext()) {
                cachedPoints -= points.applyAsInt(eldest.next().day);
                eldest.remove();
            }
        }
    }

    /** Returns the number of points in the cache. */
    public long cachedPoints() {
        synchronized (days) {
            return cachedPoints;
        }
    }
}
