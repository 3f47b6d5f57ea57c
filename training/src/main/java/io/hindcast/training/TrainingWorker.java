package io.hindcast.training;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunStarted;
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
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does runs on threads of its own, a bounded number at a time, and reports each one's end to its program. A run that a
 * shutdown interrupts stays unfinished and is taken up again by whoever hears of it next; every other failure ends it with
 * its reason.
 */
public final class TrainingWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TrainingWorker.class);
    private static final long REPORT_TIMEOUT_SECONDS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final TrainingJob job;
    private final CommandGateway commands;
    private final InstantSource marketClock;
    private final MeterRegistry meters;
    private final ThreadPoolExecutor threads;
    private final Map<TrainingRunId, AtomicBoolean> unfinished = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    TrainingWorker(
            TrainingJob job,
            CommandGateway commands,
            InstantSource marketClock,
            TrainingProperties settings,
            MeterRegistry meters) {
        this.job = job;
        this.commands = commands;
        this.marketClock = marketClock;
        this.meters = meters;
        this.threads = new ThreadPoolExecutor(
                settings.workers(),
                settings.workers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queue()),
                Thread.ofPlatform().name("training-", 1).daemon().factory());
        Gauge.builder("hindcast.training.waiting", threads, t -> t.getQueue().size())
                .description("Training runs that wait for a worker")
                .register(meters);
        Gauge.builder("hindcast.training.running", threads, ThreadPoolExecutor::getActiveCount)
                .description("Training runs under way")
                .register(meters);
    }

    /** Takes a run up unless it is here already. Throws if no more may wait, so that the caller tries again later. */
    void take(TrainingRunStarted run) {
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

    /** Stops working on a run that has ended elsewhere, as when its deadline passed. */
    void drop(TrainingRunId run) {
        AtomicBoolean dropped = unfinished.get(run);
        if (dropped != null) {
            dropped.set(true);
        }
    }

    /** Whether any run is waiting or under way. */
    boolean busy() {
        return !unfinished.isEmpty();
    }

    private void work(TrainingRunStarted run, AtomicBoolean dropped) {
        Timer.Sample clock = Timer.start(meters);
        String outcome = "dropped";
        try {
            if (!dropped.get() && !isClosing()) {
                outcome = attempt(run, () -> dropped.get() || isClosing());
            }
        } finally {
            if (isClosing() && outcome.equals("dropped") && !dropped.get()) {
                log.info("Training run {} is left unfinished and goes on at the next start", run.run());
            } else {
                unfinished.remove(run.run());
            }
            clock.stop(Timer.builder("hindcast.training.run")
                    .description("How long training runs took, by outcome")
                    .tag("outcome", outcome)
                    .register(meters));
        }
    }

    private String attempt(TrainingRunStarted run, java.util.function.BooleanSupplier cancelled) {
        Object end;
        String outcome;
        try {
            log.info("Training run {} begins: bars from {} to {}", run.run(), run.dataFrom(), run.dataTo());
            end = job.run(run, cancelled);
            outcome = "succeeded";
        } catch (CancellationException e) {
            return "dropped";
        } catch (Exception | LinkageError e) {
            if (cancelled.getAsBoolean()) {
                return "dropped";
            }
            log.warn("Training run {} failed", run.run(), e);
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            end = new FailTrainingRun(run.symbol(), run.run(), reason, marketClock.instant());
            outcome = "failed";
        }
        return report(run.run(), end, cancelled) ? outcome : "dropped";
    }

    /** Tells the program, again and again while the store is away. False if that was given up. */
    private boolean report(TrainingRunId run, Object end, java.util.function.BooleanSupplier cancelled) {
        Duration pause = Duration.ofMillis(250);
        while (!cancelled.getAsBoolean()) {
            try {
                commands.sendAndWait(end, REPORT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                return true;
            } catch (RuntimeException e) {
                Refusal refusal = RefusedException.in(e);
                if (refusal != null) {
                    log.warn("The end of training run {} was refused: {}", run, refusal.message());
                    return true;
                }
                log.warn(
                        "Could not report the end of training run {}; trying again in {}: {}",
                        run,
                        pause,
                        e.toString());
            }
            pause(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
        return false;
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
