package io.hindcast.runtime;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /**
     * Real waiting. Actions run one after the other on one daemon thread and must be short; one that fails is logged.
     */
    static Waits real() {
        Logger log = LoggerFactory.getLogger(Waits.class);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("timer").factory());
        timer.setRemoveOnCancelPolicy(true);
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
                ScheduledFuture<?> future =
                        timer.schedule(() -> run(action, log), time.toNanos(), TimeUnit.NANOSECONDS);
                return () -> future.cancel(false);
            }
        };
    }

    private static void run(Runnable action, Logger log) {
        try {
            action.run();
        } catch (Throwable e) {
            log.error("An action that was to run later failed", e);
        }
    }
}
