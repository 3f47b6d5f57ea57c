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
 * Keeps the read models up to date while the program runs. A program version whose tables do not exist yet builds them
 * beside those that serve, and so does a rebuild on request; readers get a build only once it has caught up with the
 * log. Of several processes with this role one builds, and the others follow within seconds.
 */
public final class ReadModelOperations implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelOperations.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int TIDY_EVERY = 30;
    private static final String PART = "read models";

    private final ReadModelBuilds readModels;
    private final ReadModelProcessors processors;
    private final ProgressReporter progress;
    private final Outages outages;
    private final MeterRegistry meters;
    private final SupervisedLoop loop;
    private final String self;

    private @Nullable Running serving;
    private @Nullable PendingBuild construction;
    private int looks;

    /** @param self names this process among those that build, each start anew */
    public ReadModelOperations(
            String self,
            ReadModelBuilds readModels,
            ReadModelProcessors processors,
            ProgressReporter progress,
            SupervisedLoop.Ground loops) {
        this.self = self;
        this.readModels = readModels;
        this.processors = processors;
        this.progress = progress;
        this.outages = loops.outages();
        this.meters = loops.meters();
        this.loop = SupervisedLoop.every(
                EVERY,
                "upkeep of the read models",
                "Nothing has to be done, it is tried again; the database may be away for a moment.",
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
        // Without the lock, which a turn takes.
        loop.stop(PATIENCE);
        stopProcessors();
    }

    private synchronized void stopProcessors() {
        if (construction != null) {
            construction.stop("the program stops");
            construction = null;
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

    /** The build that readers use here, if there is one. */
    public synchronized @Nullable ReadModelBuild build() {
        return serving == null ? null : serving.build();
    }

    /** The processors at work: of the build that serves and of the one under construction. */
    public synchronized Collection<StreamingEventProcessor> processors() {
        List<StreamingEventProcessor> atWork = new ArrayList<>();
        if (serving != null) {
            atWork.add(serving.processor());
        }
        if (construction != null) {
            atWork.add(construction.running().processor());
        }
        return atWork;
    }

    /** Events between the read models of this program version and the head of the log. */
    public long lag() {
        @Nullable Running running;
        synchronized (this) {
            running = serving != null ? serving : construction == null ? null : construction.running();
        }
        return running == null ? 0 : Math.max(processors.head() - Math.max(running.position(), 0), 0);
    }

    /** Whether a segment of the build that serves has failed and is being retried. */
    public synchronized boolean isFailing() {
        return serving != null
                && serving.processor().processingStatus().values().stream().anyMatch(status -> status.isErrorState());
    }

    /**
     * Builds the read models anew from the log, has readers use the new build once it has caught up, and drops the old
     * one. Returns when that is done; interrupting the thread gives the new build up.
     */
    public ReadModelBuild rebuild() throws InterruptedException {
        PendingBuild mine;
        synchronized (this) {
            if (serving == null || construction != null) {
                throw new IllegalStateException(
                        construction == null
                                ? "the read models are not running here"
                                : "the read models are being built already");
            }
            ReadModelBuild build = readModels.create();
            readModels.lease(build, self);
            mine = new PendingBuild(readModels, processors, self, build, progress);
            construction = mine;
        }
        LOG.info("Rebuilding the read models as {}", mine.build().schema());
        try {
            return mine.outcome().get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            synchronized (this) {
                if (construction == mine) {
                    construction = null;
                    mine.stop("given up");
                    readModels.drop(mine.build());
                }
            }
            throw e;
        }
    }

    private synchronized void step() {
        if (construction != null) {
            build(construction);
        } else {
            Optional<ReadModelBuild> current = readModels.current();
            if (current.isPresent()) {
                follow(current.get());
            } else {
                readModels.continueOrCreate(self).ifPresent(this::begin);
            }
        }
        if (looks++ % TIDY_EVERY == 0) {
            readModels.dropUnused();
        }
    }

    /** Another process may have built this definition, or rebuilt it. */
    private void follow(ReadModelBuild current) {
        @Nullable Running old = serving;
        if (old == null || !old.build().equals(current)) {
            LOG.info("The read models are in {}", current.schema());
            serving = processors.start(current);
            if (old != null) {
                old.close();
            }
        }
    }

    private void begin(ReadModelBuild build) {
        construction = new PendingBuild(readModels, processors, self, build, progress);
        if (construction.isOfAnEmptyLog()) {
            // Nothing is the whole truth.
            serve(construction);
        }
    }

    private void build(PendingBuild under) {
        if (!under.keepLease()) {
            construction = null;
            under.stop("another process took over");
            return;
        }
        PendingBuild.Progress now = under.look();
        if (under.hasCaughtUp()) {
            readModels.analyze(under.build());
            serve(under);
        } else if (serving == null) {
            outages.degraded(
                    PART,
                    "The read models of this program version are being built: " + now
                            + " are in. Until they are complete, "
                            + (readModels.hasFallback()
                                    ? "answers come from those of another version, which may stand still"
                                    : "queries are refused as NOT_READY"),
                    "Nothing has to be done: readers change over by themselves");
        }
    }

    private void serve(PendingBuild built) {
        @Nullable Running old = serving;
        readModels.switchTo(built.build());
        serving = built.running();
        construction = null;
        outages.over(PART);
        if (old != null) {
            old.close();
            readModels.drop(old.build());
        }
        looks = 0;
        LOG.info("Readers use {} now", built.build().schema());
        built.complete();
    }
}
