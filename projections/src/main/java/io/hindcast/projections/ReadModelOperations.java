package io.hindcast.projections;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.projections.ReadModelProcessors.Running;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.ReadModelBuilds;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the read models up to date while the program runs. A program version without a build of its own fills one
 * beside the build that serves, and so does a requested rebuild; readers are switched to a build only once it has
 * caught up with the log. Of several processes with this role, one fills the build and the others follow within
 * seconds. Thread-safe.
 */
public final class ReadModelOperations implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelOperations.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final int TURNS_PER_CLEANUP = 30;
    private static final String PART = "read models";

    private final ReadModelBuilds builds;
    private final ReadModelProcessors processors;
    private final ProgressReporter progress;
    private final Outages outages;
    private final MeterRegistry meters;
    private final SupervisedLoop loop;
    private final String self;

    private @Nullable Running serving;
    private @Nullable PendingBuild pending;
    private int turns;

    /** @param self identity of this process among those with this role, different for each start */
    public ReadModelOperations(
            String self,
            ReadModelBuilds builds,
            ReadModelProcessors processors,
            ProgressReporter progress,
            SupervisedLoop.Context loops) {
        this.self = self;
        this.builds = builds;
        this.processors = processors;
        this.progress = progress;
        this.outages = loops.outages();
        this.meters = loops.meters();
        this.loop = SupervisedLoop.every(
                EVERY,
                "maintenance of the read models",
                "Nothing has to be done, it is retried; the database may be unreachable for a moment.",
                loops,
                this::step);
    }

    @Override
    public synchronized void start() {
        if (!loop.isRunning()) {
            Gauge.builder("hindcast.projections.lag", this, ReadModelOperations::lag)
                    .description("Events of the log that are not in the read models yet")
                    .baseUnit("events")
                    .register(meters);
            step();
            loop.start();
        }
    }

    @Override
    public void stop() {
        // Not under the lock, which the loop needs to finish its turn.
        loop.stop(STOP_TIMEOUT);
        stopProcessors();
    }

    private synchronized void stopProcessors() {
        if (pending != null) {
            pending.stop("the program is stopping");
            pending = null;
        }
        if (serving != null) {
            serving.close();
            serving = null;
        }
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    /** Returns the build that serves and is kept up to date here, if there is one. */
    public synchronized @Nullable ReadModelBuild build() {
        return serving == null ? null : serving.build();
    }

    /** Returns the running processors, of the build that serves and of the pending one. */
    public synchronized Collection<StreamingEventProcessor> processors() {
        List<StreamingEventProcessor> running = new ArrayList<>();
        if (serving != null) {
            running.add(serving.processor());
        }
        if (pending != null) {
            running.add(pending.running().processor());
        }
        return running;
    }

    /** Returns the number of events that are in the log and not yet in the read models of this program version. */
    public long lag() {
        @Nullable Running running;
        synchronized (this) {
            running = serving != null ? serving : pending == null ? null : pending.running();
        }
        return running == null ? 0 : Math.max(processors.head() - Math.max(running.position(), 0), 0);
    }

    /** Returns whether a segment of the build that serves has failed and is being retried. */
    public synchronized boolean isFailing() {
        return serving != null
                && serving.processor().processingStatus().values().stream().anyMatch(status -> status.isErrorState());
    }

    /**
     * Rebuilds the read models from the log, switches readers to the new build once it has caught up, and drops the old
     * one. Blocks until that is done; interrupting the thread drops the new build.
     *
     * @throws IllegalStateException if no build serves here yet, or one is pending already
     */
    public ReadModelBuild rebuild() throws InterruptedException {
        PendingBuild mine;
        synchronized (this) {
            if (serving == null || pending != null) {
                throw new IllegalStateException(
                        pending == null
                                ? "the read models are not running here"
                                : "the read models are being built already");
            }
            ReadModelBuild build = builds.create();
            builds.lease(build, self);
            mine = new PendingBuild(builds, processors, self, build, progress);
            pending = mine;
        }
        LOG.info("Rebuilding the read models as {}", mine.build().schema());
        try {
            return mine.outcome().get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            synchronized (this) {
                if (pending == mine) {
                    pending = null;
                    mine.stop("interrupted");
                    builds.drop(mine.build());
                }
            }
            throw e;
        }
    }

    private synchronized void step() {
        if (pending != null) {
            advance(pending);
        } else {
            Optional<ReadModelBuild> current = builds.current();
            if (current.isPresent()) {
                follow(current.get());
            } else {
                builds.continueOrCreate(self).ifPresent(this::begin);
            }
        }
        if (turns++ % TURNS_PER_CLEANUP == 0) {
            builds.dropUnused();
        }
    }

    /** Follows the pointer, which another process may have moved. */
    private void follow(ReadModelBuild current) {
        @Nullable Running old = serving;
        if (old == null || !old.build().equals(current)) {
            LOG.info("Serving the read models of {}", current.schema());
            serving = processors.start(current);
            if (old != null) {
                old.close();
            }
        }
    }

    private void begin(ReadModelBuild build) {
        pending = new PendingBuild(builds, processors, self, build, progress);
        if (pending.isOfAnEmptyLog()) {
            // Empty tables are complete.
            serve(pending);
        }
    }

    private void advance(PendingBuild filling) {
        if (!filling.renewLease()) {
            pending = null;
            filling.stop("another process took over");
            return;
        }
        PendingBuild.Progress now = filling.reportProgress();
        if (filling.hasCaughtUp()) {
            builds.analyze(filling.build());
            serve(filling);
        } else if (serving == null) {
            outages.degraded(
                    PART,
                    "The read models of this program version are being built: " + now
                            + " are written. Until they are complete, "
                            + (builds.hasFallback()
                                    ? "queries are answered from those of another version, which may be stale"
                                    : "queries are refused as NOT_READY"),
                    "Nothing has to be done: readers are switched automatically");
        }
    }

    private void serve(PendingBuild built) {
        @Nullable Running old = serving;
        builds.switchTo(built.build());
        serving = built.running();
        pending = null;
        outages.over(PART);
        if (old != null) {
            old.close();
            builds.drop(old.build());
        }
        turns = 0;
        LOG.info("Readers are switched to {}", built.build().schema());
        built.complete();
    }
}
