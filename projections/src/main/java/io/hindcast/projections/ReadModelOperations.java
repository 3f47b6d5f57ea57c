package io.hindcast.projections;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.projections.ReadModelProcessors.Running;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the read models up to date while the program runs, and rebuilds them on request beside the build that serves. Other
 * processes with this role follow a switch within seconds.
 */
public final class ReadModelOperations implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelOperations.class);
    private static final Duration FOLLOW = Duration.ofSeconds(2);

    private final ReadModels readModels;
    private final ReadModelProcessors processors;
    private final ProgressReporter progress;
    private final MeterRegistry meters;

    private @Nullable Running serving;
    private @Nullable Running rebuilding;
    private @Nullable ScheduledExecutorService follower;

    public ReadModelOperations(
            ReadModels readModels, ReadModelProcessors processors, ProgressReporter progress, MeterRegistry meters) {
        this.readModels = readModels;
        this.processors = processors;
        this.progress = progress;
        this.meters = meters;
    }

    @Override
    public synchronized void start() {
        if (serving == null) {
            serving = processors.start(readModels.prepare());
            Gauge.builder("hindcast.projections.lag", this, ReadModelOperations::lag)
                    .description("Events of the log that are not in the read models yet")
                    .baseUnit("events")
                    .register(meters);
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("read-models-follower").factory());
            var _ = executor.scheduleWithFixedDelay(
                    this::followSwitch, FOLLOW.toMillis(), FOLLOW.toMillis(), TimeUnit.MILLISECONDS);
            follower = executor;
        }
    }

    @Override
    public synchronized void stop() {
        if (follower != null) {
            follower.shutdownNow();
            follower = null;
        }
        if (rebuilding != null) {
            rebuilding.close();
            rebuilding = null;
        }
        if (serving != null) {
            serving.close();
            serving = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return serving != null;
    }

    /** The build that readers use here, if this has been started. */
    public synchronized @Nullable ReadModelBuild build() {
        return serving == null ? null : serving.build();
    }

    /** The processors at work: one, or two during a rebuild. */
    public synchronized Collection<StreamingEventProcessor> processors() {
        List<StreamingEventProcessor> atWork = new ArrayList<>();
        if (serving != null) {
            atWork.add(serving.processor());
        }
        if (rebuilding != null) {
            atWork.add(rebuilding.processor());
        }
        return atWork;
    }

    /** Events between the read models that serve and the head of the log. */
    public long lag() {
        @Nullable Running running;
        synchronized (this) {
            running = serving;
        }
        return running == null ? 0 : Math.max(processors.head() - Math.max(running.position(), 0), 0);
    }

    /** Whether a segment of the build that serves has failed and is being retried. */
    public synchronized boolean isFailing() {
        return serving != null
                && serving.processor().processingStatus().values().stream().anyMatch(status -> status.isErrorState());
    }

    /**
     * Builds the read models anew from the log, has readers use the new build once it has caught up, and drops the old one. Returns
     * when that is done; interrupting the thread gives the new build up.
     */
    public ReadModelBuild rebuild() throws InterruptedException {
        Running fresh;
        synchronized (this) {
            if (serving == null || rebuilding != null) {
                throw new IllegalStateException(
                        serving == null ? "the read models are not running here" : "a rebuild is under way already");
            }
            fresh = processors.start(readModels.create());
            rebuilding = fresh;
        }
        LOG.info("Rebuilding the read models as {}", fresh.build().schema());
        try {
            awaitHead(fresh);
            readModels.analyze(fresh.build());
        } catch (InterruptedException | RuntimeException e) {
            synchronized (this) {
                rebuilding = null;
            }
            fresh.close();
            readModels.drop(fresh.build());
            throw e;
        }
        Running old;
        synchronized (this) {
            readModels.switchTo(fresh.build());
            old = serving;
            serving = fresh;
            rebuilding = null;
        }
        if (old != null) {
            old.close();
            readModels.drop(old.build());
        }
        LOG.info("Readers use {} now", fresh.build().schema());
        return fresh.build();
    }

    private void awaitHead(Running fresh) throws InterruptedException {
        long head = processors.head();
        try (ProgressReporter.Task task = progress.begin("Rebuilding the read models", Math.max(head, 1), "events")) {
            while (fresh.position() < head) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException("rebuild of the read models given up");
                }
                head = processors.head();
                task.at(
                        Math.min(Math.max(fresh.position(), 0), head),
                        fresh.build().schema());
            }
        }
    }

    /** Another process may have switched readers to a build of its own making. */
    private synchronized void followSwitch() {
        try {
            @Nullable Running old = serving;
            @Nullable ReadModelBuild current = readModels.current().orElse(null);
            if (old != null && rebuilding == null && current != null && !current.equals(old.build())) {
                LOG.info("Following readers to {}", current.schema());
                serving = processors.start(current);
                old.close();
            }
        } catch (RuntimeException e) {
            LOG.warn("Could not see which read models are current; looking again in {} s", FOLLOW.toSeconds(), e);
        }
    }
}
