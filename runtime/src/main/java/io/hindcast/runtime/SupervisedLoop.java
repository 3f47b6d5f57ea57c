package io.hindcast.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does the same turn again and again until it is stopped, and survives whatever a turn throws,
 * {@link Error}s included. A failed turn is reported as an outage of the part, counted, and tried again after a growing
 * pause; the first turn that succeeds ends the outage. So a part whose thread died cannot look healthy: the thread does
 * not die.
 *
 * <p>A loop can be stopped and started again. Turns of the two runs never overlap, even if the first run did not stop
 * in time. An interrupt that is not a stop is a failed turn like any other.
 */
public final class SupervisedLoop {

    private static final Logger log = LoggerFactory.getLogger(SupervisedLoop.class);

    /** Pause if even the pause cannot be made, for want of memory. */
    private static final long LAST_RESORT_MILLIS = 200;

    private final String part;
    private final String remedy;
    private final Turn turn;
    private final Runnable atEnd;
    private final Ground ground;
    private final Counter failures;
    /** The run under way; null if stopped. */
    private volatile @Nullable Thread thread;
    /** The run before, which may still be in its last turn. */
    private @Nullable Thread latest;

    /** Work of one turn. */
    @FunctionalInterface
    public interface Turn {
        /**
         * Does one piece of work, waiting for it if there is none. Called by the loop's thread only, and again as soon
         * as it returns.
         *
         * @throws InterruptedException when the loop is being stopped
         * @throws Exception when the piece could not be done; whatever it was about has to be found again by a later
         *     turn
         */
        void run() throws Exception;
    }

    /**
     * What a loop needs beside its work, the same for all loops of a process.
     *
     * @param backoff pauses after failed turns
     */
    public record Ground(Backoff backoff, Waits waits, RandomGenerator random, Outages outages, MeterRegistry meters) {

        /** Returns the same ground with other pauses. */
        public Ground with(Backoff other) {
            return new Ground(other, waits, random, outages, meters);
        }
    }

    /**
     * @param part name of the part, as a person calls it; also the thread's name, with dashes
     * @param remedy what a person can do while turns fail
     * @param atEnd releases what the turns of a run used, on the loop's thread, once no turn of it will follow
     */
    public SupervisedLoop(String part, String remedy, Ground ground, Turn turn, Runnable atEnd) {
        this.part = part;
        this.remedy = remedy;
        this.turn = turn;
        this.atEnd = atEnd;
        this.ground = ground;
        this.failures = Counter.builder("hindcast.loop.failures")
                .description("Turns of a supervised loop that failed and were tried again")
                .tag("part", part)
                .register(ground.meters());
    }

    public SupervisedLoop(String part, String remedy, Ground ground, Turn turn) {
        this(part, remedy, ground, turn, () -> {});
    }

    /** Returns a loop that does the same work each time {@code period} has passed since it was last done. */
    public static SupervisedLoop every(Duration period, String part, String remedy, Ground ground, Runnable work) {
        return new SupervisedLoop(part, remedy, ground, () -> {
            ground.waits().pause(period);
            work.run();
        });
    }

    /** Starts the loop unless it runs. */
    public synchronized void start() {
        if (thread == null) {
            Thread before = latest;
            Thread worker =
                    Thread.ofPlatform().daemon().name(part.replace(' ', '-')).unstarted(() -> work(before));
            // Assigned before the thread runs: it ends once it is not the current one.
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

    /** Stops the loop and waits for its thread; after {@code patience} it is left to end by itself. */
    public synchronized void stop(Duration patience) {
        Thread working = thread;
        thread = null;
        if (working != null && working != Thread.currentThread()) {
            working.interrupt();
            try {
                if (!working.join(patience)) {
                    log.warn("The {} did not stop within {}", part, patience);
                    ground.outages().over(part);
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
                ground.outages().over(part);
            } finally {
                atEnd.run();
            }
        }
    }

    /** Waits for the run before, also if this one is stopped meanwhile: its end must not come before the other's. */
    private static void awaitEnd(@Nullable Thread before) {
        boolean ended = false;
        while (before != null && !ended) {
            try {
                ended = before.join(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                // Turns look whether it was a stop.
            }
        }
    }

    private void turns() {
        int failed = 0;
        while (true) {
            try {
                // An interrupt left behind by a turn is cleared before it is looked whether it was a stop, so that no
                // stop is missed.
                Thread.interrupted();
                if (!isCurrent()) {
                    return;
                }
                turn.run();
                if (failed > 0) {
                    ground.outages().over(part);
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
     * Reports a failed turn and waits. Memory may be short: whatever reporting throws must neither end the thread nor
     * the pause.
     */
    private void recover(Throwable failure, int failed) {
        try {
            Duration pause = ground.backoff().after(failed, ground.random());
            reportQuietly(failure, pause);
            ground.waits().pause(pause);
        } catch (InterruptedException e) {
            // Stopped, or else the next attempt comes early.
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
            // The next failed turn is reported.
        }
    }

    private void report(Throwable failure, Duration pause) {
        ground.outages().down(part, "The " + part + " does not work: " + Failure.reason(failure), remedy);
        failures.increment();
        if (failure instanceof Error) {
            log.error("A turn of the {} failed; next attempt in {} ms", part, pause.toMillis(), failure);
        } else {
            log.warn("A turn of the {} failed; next attempt in {} ms: {}", part, pause.toMillis(), failure.toString());
        }
    }
}
