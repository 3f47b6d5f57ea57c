package io.hindcast.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Waiting in wall time, in one place so that tests need not wait. */
public interface Waits {

    /** A clock that only goes forward. */
    long nanoTime();

    /** Blocks the calling thread. */
    void pause(Duration time) throws InterruptedException;

    /** Has {@code action} run once, later. */
    Cancellable after(Duration time, Runnable action);

    /** Something that will be done unless cancelled. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }

    /** Real waiting. Actions run one after the other on one daemon thread and must be short. */
    static Waits real() {
        ThreadFactory threads = Thread.ofPlatform().daemon().name("timer").factory();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(threads);
        return new Waits() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration time) throws InterruptedException {
                Thread.sleep(time);
            }

            @Override
            public Cancellable after(Duration time, Runnable action) {
                ScheduledFuture<?> future = timer.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
                return () -> future.cancel(false);
            }
        };
    }
}
