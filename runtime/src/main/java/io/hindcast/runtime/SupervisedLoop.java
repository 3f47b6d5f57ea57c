package io.hindcast.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does the same turn again and again until it is stopped, and survives whatever a turn throws, {@link Error}s included. A
 * failed turn is reported as an outage of the part, counted, and tried again after a growing pause; the first turn that succeeds ends the
 * outage. So a part whose thread died cannot look healthy: the thread does not die.
 */
public final class SupervisedLoop {

    private static final Logger log = LoggerFactory.getLogger(SupervisedLoop.class);

    private final String part;
    private final String remedy;
    private final Turn turn;
    private final Runnable atEnd;
    private final Backoff backoff;
    private final Waits waits;
    private final RandomGenerator random;
    private final Outages outages;
    private final Counter failures;
    private volatile @Nullable Thread thread;

    /** Work of one turn. */
    @FunctionalInterface
    public interface Turn {
        /**
         * Does one piece of work, waiting for it if there is none. Called by the loop's thread only, and again as soon as it returns.
         *
         * @throws InterruptedException when the loop is being stopped
         * @throws Exception when the piece could not be done; whatever it was about has to be found again by a later turn
         */
        void run() throws Exception;
    }

    /** What a loop needs beside its work, the same for all loops of a process. */
    public record Ground(Backoff backoff, Waits waits, RandomGenerator random, Outages outages, MeterRegistry meters) {}

    /**
     * @param part name of the part, as a person calls it; also the thread's name, with dashes
     * @param remedy what a person can do while turns fail
     * @param atEnd releases what the turns used, on the loop's thread, once no turn will follow
     */
    public SupervisedLoop(String part, String remedy, Ground ground, Turn turn, Runnable atEnd) {
        this.part = part;
        this.remedy = remedy;
        this.turn = turn;
        this.atEnd = atEnd;
        this.backoff = ground.backoff();
        this.waits = ground.waits();
        this.random = ground.random();
        this.outages = ground.outages();
        this.failures = Counter.builder("hindcast.loop.failures")
                .description("Turns of a supervised loop that failed and were tried again")
                .tag("part", part)
                .register(ground.meters());
    }

    public SupervisedLoop(String part, String remedy, Ground ground, Turn turn) {
        this(part, remedy, ground, turn, () -> {});
    }

    /** Starts the loop unless it runs. */
    public synchronized void start() {
        if (thread == null) {
            Thread worker =
                    Thread.ofPlatform().daemon().name(part.replace(' ', '-')).unstarted(this::work);
            // Assigned before the thread runs: it ends once it is not the current one.
            thread = worker;
            worker.start();
        }
    }

    /** Stops the loop and waits for its thread; after {@code patience} it is left to end by itself. */
    public synchronized void stop(Duration patience) {
        Thread working = thread;
        thread = null;
        if (working != null) {
            working.interrupt();
            try {
                if (!working.join(patience)) {
                    log.warn("The {} did not stop within {}", part, patience);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean isRunning() {
        return thread != null;
    }

    private void work() {
        int failed = 0;
        try {
            while (thread == Thread.currentThread()) {
                try {
                    turn.run();
                    if (failed > 0) {
                        outages.over(part);
                        failed = 0;
                    }
                } catch (InterruptedException e) {
                    if (thread != Thread.currentThread()) {
                        return;
                    }
                    // Interrupted by somebody else: the loop goes on until it is stopped.
                } catch (Throwable e) {
                    if (thread != Thread.currentThread()) {
                        return;
                    }
                    failed++;
                    if (!recover(e, failed)) {
                        return;
                    }
                }
            }
        } finally {
            outages.over(part);
            atEnd.run();
        }
    }

    /** Reports a failed turn and waits; false if the loop was stopped meanwhile. */
    private boolean recover(Throwable failure, int failed) {
        try {
            failures.increment();
            Duration pause = backoff.after(failed, random);
            outages.down(part, "The " + part + " does not work: " + reason(failure), remedy);
            if (failure instanceof Error) {
                log.error("A turn of the {} failed; next attempt in {} ms", part, pause.toMillis(), failure);
            } else {
                log.warn(
                        "A turn of the {} failed; next attempt in {} ms: {}",
                        part,
                        pause.toMillis(),
                        failure.toString());
            }
            waits.pause(pause);
        } catch (InterruptedException e) {
            return thread == Thread.currentThread();
        } catch (Throwable again) {
            // Memory may be short: whatever reporting threw must not end the thread either.
            Thread.onSpinWait();
        }
        return true;
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
    }
}
