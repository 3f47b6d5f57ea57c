package io.hindcast.inference.backfill;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * Things to look at, each at most once, at the earliest moment that was asked for. Thread-safe.
 *
 * @param <T> with equality by value
 */
public final class TimedQueue<T> {

    private final DelayQueue<Entry<T>> entries = new DelayQueue<>();
    private final Map<T, Entry<T>> queued = new HashMap<>();

    private record Entry<T>(T thing, long dueNanos) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    public synchronized void add(T thing, Duration delay) {
        Entry<T> entry = new Entry<>(thing, System.nanoTime() + delay.toNanos());
        Entry<T> before = queued.get(thing);
        if (before == null || before.dueNanos - entry.dueNanos > 0) {
            queued.put(thing, entry);
            entries.add(entry);
            if (before != null) {
                entries.remove(before);
            }
        }
    }

    /** Waits for a thing whose moment has come, and removes it. */
    public T take() throws InterruptedException {
        Entry<T> entry = entries.take();
        synchronized (this) {
            queued.remove(entry.thing, entry);
        }
        return entry.thing;
    }
}
