package io.hindcast.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that repeats the same turn until it is stopped and survives everything that a turn throws, {@link Error}s
 * included. A failed turn is reported as an outage of the part, counted, and retried after a growing pause; the first
 * successful turn ends the outage. Since the thread never dies unnoticed, a dead part cannot look healthy.
 *
 * <p>A loop can be stopped and started again. Turns of the two runs never overlap, even if the first run did not stop
 * in time. An interrupt without a stop counts as a failed turn.
 */
public final class SupervisedLoop {

    private static final Logger log = LoggerFactory.getLogger(SupervisedLoop.class);

    /** Pause when the regular pause itself fails, for example for lack of memory. */
    private static final long LAST_RESORT_MILLIS = 200;

    private final String part;
    private final String remedy;
    private final Turn turn;
    private final Runnable atEnd;
    private final Context loopContext;
    private final Counter failures;
    /** Thread of the current run; null if stopped. */
    private volatile @Nullable Thread thread;
    /** Thread of the latest run, which may still be in its last turn after a stop. */
    private @Nullable Thread latest;

    /** Work of one turn. */
    @FunctionalInterface
    public interface Turn {
        /**
         * Does one piece of work, and blocks while there is none. Called only by the loop's thread, and again as soon
         * as it returns.
         *
         * @throws InterruptedException if the loop is being stopped
         * @throws Exception if the work failed; a later turn has to find the same work again
         */
        void run() throws Exception;
    }

    /**
     * Dependencies that all loops of a process share.
     *
     * @param backoff pauses after failed turns
     */
    public record Context(
            Backoff backoff, WallTimer waits, RandomGenerator random, Outages outages, MeterRegistry meters) {

        /** Returns a copy with another backoff. */
        public Context with(Backoff other) {
            return new Context(other, waits, random, outages, meters);
        }
    }

    /**
     * Creates a stopped loop.
     *
     * @param part name of the part for people; with dashes, also the name of the thread
     * @param remedy what a person can do while turns fail
     * @param atEnd releases the resources of a run; called on the loop's thread after the run's last turn
     */
    public SupervisedLoop(String part, String remedy, Context loopContext, Turn turn, Runnable atEnd) {
        this.part = part;
        this.remedy = remedy;
        this.turn = turn;
        this.atEnd = atEnd;
        this.loopContext = loopContext;
        this.failures = Counter.builder("hindcast.loop.failures")
                .description("Turns of a supervised loop that failed and were tried again")
                .tag("part", part)
                .register(loopContext.meters());
    }

    public SupervisedLoop(String part, String remedy, Context loopContext, Turn turn) {
        this(part, remedy, loopContext, turn, () -> {});
    }

    /** Returns a loop that pauses for {@code period} before each run of {@code work}. */
    public static SupervisedLoop every(
            Duration period, String part, String remedy, Context loopContext, Runnable work) {
        return new SupervisedLoop(part, remedy, loopContext, () -> {
            loopContext.waits().pause(period);
            work.run();
        });
    }

    /** Starts the loop; does nothing if it runs. */
    public synchronized void start() {
        if (thread == null) {
            Thread before = latest;
            Thread worker =
                    Thread.ofPlatform().daemon().name(part.replace(' ', '-')).unstarted(() -> work(before));
            // Assigned before the thread starts, since a thread that is not the current one ends.
            thread = worker;
            try {
                worker.start();
                latest = worker;
            } catch (Throwable e) {
                thread = null;
                throw e;
            }
        }
    }

    /**
     * Stops the loop and waits for its thread. May be called by a turn.
     *
     * @param patience how long to wait; after that the thread is left to end by itself
     */
    public synchronized void stop(Duration patience) {
        Thread working = thread;
        thread = null;
        if (working != null && working != Thread.currentThread()) {
            working.interrupt();
            try {
                if (!working.join(patience)) {
                    log.warn("The {} did not stop within {}", part, patience);
                    loopContext.outages().over(part);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean isRunning() {
        return thread != null;
    }

    private boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    private void work(@Nullable Thread before) {
        awaitEnd(before);
        try {
            turns();
        } finally {
            try {
                loopContext.outages().over(part);
            } finally {
                atEnd.run();
            }
        }
    }

    /** Waits for the previous run, even if this run is stopped meanwhile, so that the runs end in order. */
    private static void awaitEnd(@Nullable Thread before) {
        boolean ended = false;
        while (before != null && !ended) {
            try {
                ended = before.join(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                // The turns check whether it was a stop.
            }
        }
    }

    private void turns() {
        int failed = 0;
        while (true) {
            try {
                // Cleared before the check for a stop, so that no stop is missed.
                Thread.interrupted();
                if (!isCurrent()) {
                    return;
                }
                turn.run();
                if (failed > 0) {
                    loopContext.outages().over(part);
                    failed = 0;
                }
            } catch (Throwable e) {
                if (!isCurrent()) {
                    return;
                }
                failed++;
                recover(e, failed);
            }
        }
    }

    /**
     * Reports a failed turn and pauses. Memory may be short: a failure to report must end neither the thread nor the
     * pause.
     */
    private void recover(Throwable failure, int failed) {
        try {
            Duration pause = loopContext.backoff().after(failed, loopContext.random());
            reportQuietly(failure, pause);
            loopContext.waits().pause(pause);
        } catch (InterruptedException e) {
            // Either a stop, or the next attempt comes early.
        } catch (Throwable e) {
            try {
                Thread.sleep(LAST_RESORT_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void reportQuietly(Throwable failure, Duration pause) {
        try {
            report(failure, pause);
        } catch (Throwable unreported) {
            // The next failed turn is reported again.
        }
    }

    private void report(Throwable failure, Duration pause) {
        loopContext.outages().down(part, "The " + part + " does not work: " + FailureReason.of(failure), remedy);
        failures.increment();
        if (failure instanceof Error) {
            log.error("A turn of the {} failed; next attempt in {} ms", part, pause.toMillis(), failure);
        } else {
            log.warn("A turn of the {} failed; next attempt in {} ms: {}", part, pause.toMillis(), failure.toString());
        }
    }
}
