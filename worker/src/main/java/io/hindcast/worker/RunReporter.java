package io.hindcast.worker;

import io.hindcast.api.training.TrainingProgress;
import io.hindcast.api.worker.Heartbeat;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.TrainingControl;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the run to the platform on a thread of its own: a heartbeat at least at the assignment's interval, with the
 * training's progress. If the platform refuses the worker, or is silent for too long, it passes that on and ends.
 */
final class RunReporter implements TrainingControl.Progress, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunReporter.class);

    /** Shortest pause between rounds in the log: a round of trees takes milliseconds. */
    private static final Duration LOG_PAUSE = Duration.ofSeconds(2);

    private final PlatformClient platform;
    private final MetricsBatches metrics;
    private final Consumer<RuntimeException> onEnd;
    private final Duration interval;
    private final String unit;
    private final Thread thread;
    private final LogTail log = LogTail.open();
    private final AtomicReference<State> latest;
    private volatile boolean closed;
    private int stepsOfRound;
    /** Of the latest round, by {@link System#nanoTime}. */
    private long loggedAt = System.nanoTime() - LOG_PAUSE.toNanos();

    /** What is reported besides metrics and log. */
    private record State(String activity, int done, int of, String note) {}

    /** @param onEnd receives why the worker is to end */
    RunReporter(
            PlatformClient platform,
            MetricsBatches metrics,
            Duration heartbeat,
            String unit,
            Consumer<RuntimeException> onEnd) {
        this.platform = platform;
        this.metrics = metrics;
        this.onEnd = onEnd;
        this.interval = heartbeat.dividedBy(2);
        this.unit = unit;
        this.latest = new AtomicReference<>(new State("starting", 0, 0, ""));
        this.thread = Thread.ofPlatform().daemon().name("heartbeat").start(this::beat);
    }

    private void beat() {
        try {
            while (!closed) {
                send(metrics.due());
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            LOG.debug("heartbeat ends");
        } catch (RuntimeException e) {
            if (!closed) {
                onEnd.accept(e);
            }
        }
    }

    private synchronized void send(Optional<TrainingProgress> batch) {
        State now = latest.get();
        platform.report(new Heartbeat(now.activity, now.done, now.of, unit, now.note, log.lines(), batch));
        if (batch.isPresent()) {
            metrics.acknowledge();
        }
    }

    /** Sets the activity, such as {@code loading}. */
    void activity(String activity) {
        latest.updateAndGet(before -> new State(activity, before.done, before.of, before.note));
        LOG.info("{}", activity);
    }

    @Override
    public void roundCompleted(RoundMetrics round) {
        String note = String.format(Locale.ROOT, "validation loss %.5f", round.validationLoss());
        latest.set(new State("training", round.round(), round.maxRounds(), note));
        if (System.nanoTime() - loggedAt > LOG_PAUSE.toNanos() || round.round() == round.maxRounds()) {
            LOG.info("{} of {} {}, {}", round.round(), round.maxRounds(), unit, note);
            loggedAt = System.nanoTime();
        }
        metrics.add(round.round() * Math.max(1, stepsOfRound), round.values());
    }

    @Override
    public void stepsCompleted(int round, int steps, int of, Map<String, Double> values) {
        stepsOfRound = of;
        if (steps < of) {
            metrics.add((round - 1) * of + steps, values);
        }
        latest.updateAndGet(before -> new State("training", round - 1, before.of, "step " + steps + " of " + of));
    }

    /** Sends the remaining metrics with a last note, and ends the heartbeat. */
    void finish(String note) {
        closed = true;
        thread.interrupt();
        latest.updateAndGet(before -> new State("done", before.done, before.of, note));
        send(metrics.rest());
        send(metrics.rest());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        log.close();
    }
}
