package io.hindcast.runtime;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monotonic time, pauses and delayed actions in wall time. Passed in, so that tests can replace it by a fake that does
 * not wait. Thread-safe.
 */
public interface WallTimer {

    /** Returns the nanoseconds of a monotonic clock, as {@link System#nanoTime} does. */
    long nanoTime();

    /** Blocks the calling thread for {@code time}. */
    void pause(Duration time) throws InterruptedException;

    /**
     * Schedules {@code action} to run once after {@code time}. Actions run one after the other on the timer's thread
     * and must be short. What an action throws is logged.
     */
    Cancellable after(Duration time, Runnable action);

    /** A scheduled action. */
    @FunctionalInterface
    interface Cancellable {
        /** Prevents the action from running if it has not begun. */
        void cancel();
    }

    /** Returns a timer on the system's clock with one daemon thread. */
    static WallTimer system() {
        Logger log = LoggerFactory.getLogger(WallTimer.class);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        return new WallTimer() {
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
            log.error("A delayed action failed", e);
        }
    }
}
