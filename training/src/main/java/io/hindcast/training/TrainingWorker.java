package io.hindcast.training;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.ReleaseTrainingRun;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.ml.memory.NativeMemory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does runs on its own threads, a bounded number at a time, and reports each one's end to its program. A run that a
 * shutdown interrupts stays unfinished and is resumed by the next owner of the event processor's segment; every other
 * failure ends the run with its reason. Thread-safe.
 */
public final class TrainingWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TrainingWorker.class);
    private static final long REPORT_TIMEOUT_SECONDS = 10;
    private static final long LEAVE_TIMEOUT_SECONDS = 2;
    private static final String REFUSED = "refused";
    private static final String NO_ANSWER = "none";
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final TrainingJob job;
    private final String name;
    private final CommandGateway commands;
    private final InstantSource marketClock;
    private final MeterRegistry meters;
    private final ThreadPoolExecutor threads;
    private final Map<TrainingRunId, AtomicBoolean> unfinished = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param name worker name, unique to this start of the process */
    TrainingWorker(
            TrainingJob job,
            String name,
            CommandGateway commands,
            InstantSource marketClock,
            TrainingProperties settings,
            MeterRegistry meters) {
        this.job = job;
        this.name = name;
        this.commands = commands;
        this.marketClock = marketClock;
        this.meters = meters;
        this.threads = new ThreadPoolExecutor(
                settings.worker().count(),
                settings.worker().count(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.worker().queue()),
                Thread.ofPlatform().name("training-", 1).daemon().factory());
        Gauge.builder("hindcast.training.waiting", threads, t -> t.getQueue().size())
                .description("Training runs that wait for a worker")
                .register(meters);
        Gauge.builder("hindcast.training.running", threads, ThreadPoolExecutor::getActiveCount)
                .description("Training runs in progress")
                .register(meters);
    }

    /**
     * Queues a run unless it is queued or running already. Throws if the queue is full, so that the event processor
     * retries later.
     */
    void take(TrainingRunQueued run) {
        AtomicBoolean dropped = new AtomicBoolean();
        if (unfinished.putIfAbsent(run.run(), dropped) == null) {
            try {
                threads.execute(() -> work(run, dropped));
            } catch (RuntimeException e) {
                unfinished.remove(run.run());
                throw e;
            }
        }
    }

    /** Cancels a run that has ended elsewhere, for instance by its deadline. */
    void drop(TrainingRunId run) {
        AtomicBoolean dropped = unfinished.get(run);
        if (dropped != null) {
            dropped.set(true);
        }
    }

    /** Returns whether any run is queued or running. */
    boolean busy() {
        return !unfinished.isEmpty();
    }

    private void work(TrainingRunQueued run, AtomicBoolean dropped) {
        Timer.Sample clock = Timer.start(meters);
        BooleanSupplier cancelled = () -> dropped.get() || isClosing();
        String outcome = "dropped";
        try {
            if (begin(run, cancelled)) {
                outcome = attempt(run, cancelled);
            }
        } finally {
            if (isClosing() && outcome.equals("dropped") && !dropped.get()) {
                leave(run);
            } else {
                unfinished.remove(run.run());
            }
            NativeMemory.trim();
            clock.stop(Timer.builder("hindcast.training.run")
                    .description("Duration of training runs, by outcome")
                    .tag("outcome", outcome)
                    .register(meters));
        }
    }

    /** Claims the run; returns false if the program refuses the claim. */
    private boolean begin(TrainingRunQueued run, BooleanSupplier cancelled) {
        ClaimTrainingRun begin = new ClaimTrainingRun(run.symbol(), run.run(), name, marketClock.instant());
        Object answer = report("beginning", run.run(), begin, cancelled);
        return Boolean.TRUE.equals(answer);
    }

    /**
     * Reports that the run is interrupted by an orderly shutdown; without this report it counts as a crash of the
     * worker.
     */
    private void leave(TrainingRunQueued run) {
        log.info("Training run {} is interrupted and goes on at the next start", run.run());
        try {
            commands.sendAndWait(
                    new ReleaseTrainingRun(run.symbol(), run.run(), name, marketClock.instant()),
                    LEAVE_TIMEOUT_SECONDS,
                    TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            log.info("Could not report that training run {} is interrupted: {}", run.run(), e.toString());
        }
    }

    private String attempt(TrainingRunQueued run, BooleanSupplier cancelled) {
        Object end;
        String outcome;
        try {
            log.info(
                    "Training run {} begins: bars from {} to {}",
                    run.run(),
                    run.spec().dataFrom(),
                    run.spec().dataTo());
            end = job.run(run, cancelled);
            outcome = "succeeded";
        } catch (CancellationException e) {
            return "dropped";
        } catch (Throwable e) { // any failure ends the run with its reason, not the thread
            if (cancelled.getAsBoolean()) {
                return "dropped";
            }
            log.warn("Training run {} failed", run.run(), e);
            end = new FailTrainingRun(run.symbol(), run.run(), RunFailures.of(e), marketClock.instant());
            outcome = "failed";
        }
        return report("end", run.run(), end, cancelled) == null ? "dropped" : outcome;
    }

    /**
     * Sends a command to the program, and retries while the store is unavailable.
     *
     * @return the answer, {@link #REFUSED} or {@link #NO_ANSWER}; null if the run was cancelled before an answer
     */
    private @Nullable Object report(String what, TrainingRunId run, Object command, BooleanSupplier cancelled) {
        Duration pause = Duration.ofMillis(250);
        while (!cancelled.getAsBoolean()) {
            try {
                Object answer = commands.sendAndWait(command, REPORT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                return answer == null ? NO_ANSWER : answer;
            } catch (RuntimeException e) {
                Refusal refusal = RefusedException.in(e);
                if (refusal != null) {
                    log.warn("The {} of training run {} was refused: {}", what, run, refusal.message());
                    return REFUSED;
                }
                log.warn(
                        "Could not report the {} of training run {}; trying again in {}: {}",
                        what,
                        run,
                        pause,
                        e.toString());
            }
            pause(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
        return null;
    }

    private void pause(Duration duration) {
        try {
            boolean woken = closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            log.debug("paused, closing {}", woken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SHUTDOWN.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("A training run did not stop within {}", SHUTDOWN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
