package io.hindcast.simulator.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the markets at the simulated clock on a thread of its own, and moves the clock. Thread-safe: clock and
 * publisher change under its lock only.
 */
final class SimulationPlayer {

    private static final Logger log = LoggerFactory.getLogger(SimulationPlayer.class);

    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** Above this many candles a second only closed bars are sent, since updates between would be useless. */
    private static final double FASTEST_WITH_UPDATES = 4;

    private final SimulatedClock clock;
    private final KlinePublisher publisher;
    private final SimulatedStreams streams;
    private final @Nullable Instant end;
    private final Thread thread;
    private final List<Runnable> finishActions = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean finished;
    private boolean closed;

    /**
     * Creates a player that {@link #start()} begins.
     *
     * @param end market time at which all tapes have ended, null if one has no end
     */
    SimulationPlayer(SimulatedClock clock, KlinePublisher publisher, SimulatedStreams streams, @Nullable Instant end) {
        this.clock = clock;
        this.publisher = publisher;
        this.streams = streams;
        this.end = end;
        this.thread = Thread.ofPlatform().daemon().name("exchange-simulator").unstarted(this::play);
    }

    void start() {
        thread.start();
    }

    /** Ends the playing and wakes every thread that waits for a time. */
    void close() {
        update(() -> closed = true);
    }

    /** Waits for the thread after {@link #close()}. */
    void awaitEnd() {
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void startAt(Instant now) {
        update(() -> {
            clock.set(end != null && now.isAfter(end) ? end : now);
            publisher.startAt(clock.instant());
        });
    }

    void run() {
        update(clock::run);
    }

    void hold() {
        update(clock::hold);
    }

    void speed(double candlesASecond) {
        update(() -> clock.speed(candlesASecond));
    }

    /** Waits until the clock shows {@code time}; returns false if it never will. */
    boolean awaitTime(Instant time) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long nanos = clock.nanosUntil(time);
                if (nanos <= 0) {
                    return end == null || !time.isAfter(end);
                }
                if (finished) {
                    return false;
                }
                changed.awaitNanos(nanos);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    boolean finished() {
        lock.lock();
        try {
            return finished;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an action that runs once, on the player's thread, when all tapes have ended. */
    void onFinished(Runnable action) {
        lock.lock();
        try {
            finishActions.add(action);
        } finally {
            lock.unlock();
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void play() {
        long lastUpdate = System.nanoTime();
        long lastPing = lastUpdate;
        while (true) {
            boolean finishedNow;
            lock.lock();
            try {
                long wait = closed ? 0 : nanosToWait(lastUpdate, lastPing);
                if (wait > 0) {
                    changed.awaitNanos(wait);
                }
                if (closed) {
                    return;
                }
                publisher.publishDue(clock.instant().toEpochMilli());
                finishedNow = !finished && publisher.ended() && clock.running();
                if (finishedNow) {
                    finished = true;
                    changed.signalAll();
                }
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            if (finishedNow) {
                finish();
            }
            long now = System.nanoTime();
            if (clock.running() && clock.speed() <= FASTEST_WITH_UPDATES && now - lastUpdate >= updateNanos()) {
                lastUpdate = now;
                publishOpen();
            }
            if (now - lastPing >= PING_NANOS) {
                lastPing = now;
                streams.pingAll();
            }
        }
    }

    private void publishOpen() {
        long now = clock.instant().toEpochMilli();
        long closes;
        lock.lock();
        try {
            closes = publisher.nextCloseMillis();
        } finally {
            lock.unlock();
        }
        publisher.publishOpen(now, closes);
    }

    /** Returns the wall time until a bar, an update or a ping is due, 0 if a bar is. */
    private long nanosToWait(long lastUpdate, long lastPing) {
        long nanos = finished ? PING_NANOS : clock.nanosUntil(Instant.ofEpochMilli(publisher.nextDueMillis()));
        if (nanos <= 0) {
            return 0;
        }
        long most = PING_NANOS - (System.nanoTime() - lastPing);
        if (clock.running() && !finished && clock.speed() <= FASTEST_WITH_UPDATES) {
            most = Math.min(most, updateNanos() - (System.nanoTime() - lastUpdate));
        }
        return Math.max(1, Math.min(nanos, most));
    }

    /** Returns the time between updates: four a bar, but at most four and at least half a one a second, as Binance. */
    private long updateNanos() {
        double period = 1e9 / clock.speed() / 4;
        return (long) Math.max(250e6, Math.min(2e9, period));
    }

    private void finish() {
        log.info(
                "Archive finished: the last bar closed at {}; the market's clock stops there, and everything recorded"
                        + " stays usable",
                end);
        List<Runnable> actions;
        lock.lock();
        try {
            actions = List.copyOf(finishActions);
        } finally {
            lock.unlock();
        }
        actions.forEach(Runnable::run);
    }
}
