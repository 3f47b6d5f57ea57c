package io.hindcast.inference.model;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.artifacts.ArtifactStoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings lanes their models on threads of its own, a few at a time; there are never more tasks than lanes. A store that is
 * away is asked again. What is wrong with the artifact itself ends the promotion it came with; a lane that is live already
 * stays unhealthy, and is tried again in case the artifact is put right.
 */
public final class LaneLoader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LaneLoader.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final long COMMAND_TIMEOUT_SECONDS = 10;

    private final ArtifactStore artifacts;
    private final CommandGateway commands;
    private final InstantSource marketClock;
    private final Duration longestPause;
    private final ScheduledThreadPoolExecutor threads;

    public LaneLoader(
            ArtifactStore artifacts,
            CommandGateway commands,
            InstantSource marketClock,
            int threads,
            Duration longestPause) {
        this.artifacts = artifacts;
        this.commands = commands;
        this.marketClock = marketClock;
        this.longestPause = longestPause;
        this.threads = new ScheduledThreadPoolExecutor(
                threads, Thread.ofPlatform().name("lane-loader-", 1).daemon().factory());
    }

    /** Loads a lane's model, now and again until it is there or the lane is closed. */
    public void load(Lane lane) {
        later(Duration.ZERO, () -> attempt(lane, FIRST_PAUSE));
    }

    private void attempt(Lane lane, Duration pause) {
        if (lane.closed() || lane.model() != null) {
            return;
        }
        try {
            lane.loaded(LoadedModel.load(artifacts, lane.version()));
            log.info(
                    "Loaded {} from artifact {}",
                    lane.id(),
                    lane.version().artifact().sha256());
        } catch (RuntimeException | LinkageError e) {
            boolean away = e instanceof ArtifactStoreUnavailableException;
            String reason = "artifact " + lane.version().artifact().sha256() + " of " + lane.id() + " can't be loaded: "
                    + e.getMessage();
            lane.failed(reason + (away ? "; it is asked for again" : "; put the artifact right, it is tried again"));
            if (!away && lane.promoting()) {
                log.error("Giving up the promotion of {}: {}", lane.id(), reason);
                abandon(lane, reason, FIRST_PAUSE);
            } else {
                log.error("{}; next attempt in {}. Lanes that are loaded go on.", reason, pause);
                later(pause, () -> attempt(lane, longer(pause)));
            }
        }
    }

    private void abandon(Lane lane, String reason, Duration pause) {
        if (lane.closed()) {
            return;
        }
        try {
            commands.sendAndWait(
                    new AbandonPromotion(lane.id().model(), lane.id().number(), reason, marketClock.instant()),
                    COMMAND_TIMEOUT_SECONDS,
                    TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal != null) {
                log.warn("Abandoning {} was refused: {}", lane.id(), refusal.message());
            } else {
                log.warn("Could not abandon {}, trying again in {}: {}", lane.id(), pause, e.toString());
                later(pause, () -> abandon(lane, reason, longer(pause)));
            }
        }
    }

    private void later(Duration pause, Runnable task) {
        try {
            var scheduled = threads.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
            log.trace("scheduled {}", scheduled);
        } catch (RejectedExecutionException e) {
            log.debug("Not loading lanes any more: shutting down");
        }
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
