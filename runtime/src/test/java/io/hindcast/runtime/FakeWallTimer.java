package io.hindcast.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A timer that never blocks: its time moves only by {@link #pause} and {@link #advance}. */
public final class FakeWallTimer implements WallTimer, InstantSource {

    private record Later(long due, long order, Runnable action) {}

    private final Instant start;
    private long nanos;
    private long order;
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::due).thenComparingLong(Later::order));
    private final List<Duration> pauses = new ArrayList<>();

    public FakeWallTimer(Instant start) {
        this.start = start;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return start.plusNanos(nanos);
    }

    @Override
    public synchronized void pause(Duration time) {
        pauses.add(time);
        nanos += time.toNanos();
    }

    /** Returns all pauses so far. */
    public synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public synchronized Cancellable after(Duration time, Runnable action) {
        Later entry = new Later(nanos + time.toNanos(), order++, action);
        later.add(entry);
        return () -> {
            synchronized (this) {
                later.remove(entry);
            }
        };
    }

    /** Returns the number of delayed actions that have not run. */
    public synchronized int waiting() {
        return later.size();
    }

    /** Moves time forward and runs the actions that fall due, in order. */
    public void advance(Duration time) {
        long until;
        synchronized (this) {
            until = nanos + time.toNanos();
        }
        while (true) {
            Later next;
            synchronized (this) {
                next = later.peek();
                if (next == null || next.due() > until) {
                    nanos = until;
                    return;
                }
                later.poll();
                nanos = Math.max(nanos, next.due());
            }
            next.action().run();
        }
    }
}
