package io.hindcast.inference.backfill;

import io.hindcast.api.model.ModelId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** Models to look at, each at most once, at the earliest moment that was asked for. Thread-safe. */
final class ModelQueue {

    private final DelayQueue<Entry> entries = new DelayQueue<>();
    private final Map<ModelId, Entry> byModel = new HashMap<>();

    private record Entry(ModelId model, long dueNanos) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    synchronized void add(ModelId model, Duration delay) {
        Entry entry = new Entry(model, System.nanoTime() + delay.toNanos());
        Entry before = byModel.get(model);
        if (before == null || before.dueNanos - entry.dueNanos > 0) {
            byModel.put(model, entry);
            entries.add(entry);
            if (before != null) {
                entries.remove(before);
            }
        }
    }

    /** Waits for a model whose moment has come, and removes it. */
    ModelId take() throws InterruptedException {
        Entry entry = entries.take();
        synchronized (this) {
            byModel.remove(entry.model, entry);
        }
        return entry.model;
    }
}
