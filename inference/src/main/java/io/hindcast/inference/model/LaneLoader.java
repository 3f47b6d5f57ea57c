package io.hindcast.inference.model;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.artifacts.ArtifactStoreUnavailableException;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FailureReason;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the models of lanes on threads of its own. The queue holds at most one request per lane. An unavailable store
 * or exhausted memory leads to another attempt. A defect of the artifact itself ends a promotion that is under way; a
 * lane that is live already stays unhealthy and is retried in case the artifact is repaired.
 */
public final class LaneLoader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LaneLoader.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);
    private static final long COMMAND_TIMEOUT_SECONDS = 10;

    private final LaneContext context;
    private final Backoff backoff;
    private final DelayQueue<LoadRequest> requests = new DelayQueue<>();
    private final List<SupervisedLoop> threads;

    LaneLoader(LaneContext context, String name, int threads) {
        this.context = context;
        Duration longest = context.settings().lanes().retryPause();
        this.backoff = new Backoff(longest.compareTo(FIRST_PAUSE) < 0 ? longest : FIRST_PAUSE, longest);
        this.threads = IntStream.rangeClosed(1, threads)
                .mapToObj(number -> new SupervisedLoop(
                        name + " " + number,
                        "No action is needed: it is retried. Loaded lanes are not affected.",
                        context.loops().with(backoff),
                        this::turn))
                .toList();
    }

    /** A lane whose model is to be loaded, or whose promotion is to be abandoned for a reason. */
    private final class LoadRequest implements Delayed {
        private final Lane lane;
        private @Nullable String abandon;
        private int failures;
        private long dueNanos;

        private LoadRequest(Lane lane) {
            this.lane = lane;
            this.failures = lane.breakages();
            this.dueNanos = System.nanoTime();
            if (failures > 0) {
                delay();
            }
        }

        private Duration delay() {
            Duration pause =
                    backoff.after(Math.max(1, failures), context.loops().random());
            dueNanos = System.nanoTime() + pause.toNanos();
            return pause;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /**
     * Requests the loading of a lane's model and returns at once. Attempts go on until one succeeds or the lane is
     * closed. The more often a lane broke, the later its model is loaded.
     */
    public void load(Lane lane) {
        if (lane.beginLoading()) {
            requests.add(new LoadRequest(lane));
            threads.forEach(SupervisedLoop::start);
        }
    }

    private void turn() throws InterruptedException {
        LoadRequest request = requests.take();
        boolean done = false;
        try {
            done = request.abandon == null ? load(request) : abandon(request, request.abandon);
        } finally {
            // Also if reporting failed: without a request the lane would never predict.
            if (!done) {
                requests.add(request);
            }
        }
    }

    private boolean load(LoadRequest request) {
        Lane lane = request.lane;
        if (lane.closed() || lane.model() != null) {
            lane.endLoading();
            return true;
        }
        try {
            lane.loaded(context.source().load(lane.version()));
            log.info(
                    "Loaded {} from artifact {}",
                    lane.id(),
                    lane.version().artifact().sha256());
            return true;
        } catch (Throwable e) {
            request.failures++;
            Duration pause = request.delay();
            String reason = "artifact " + lane.version().artifact().sha256() + " of " + lane.id() + " can't be loaded: "
                    + FailureReason.of(e);
            // None of these is a defect of the artifact.
            boolean transientFailure = e instanceof ArtifactStoreUnavailableException
                    || e instanceof VirtualMachineError
                    || Thread.currentThread().isInterrupted();
            if (!transientFailure && lane.promoting()) {
                log.error("Abandoning the promotion of {}: {}", lane.id(), reason);
                lane.loadFailed(reason, "Its promotion is abandoned; train a new version.");
                request.abandon = reason;
                request.failures = 0;
                return abandon(request, reason);
            }
            log.error("{}; next attempt in {}. Loaded lanes are not affected.", reason, pause, e);
            lane.loadFailed(reason, remedy(e));
            return false;
        }
    }

    private static String remedy(Throwable failure) {
        return switch (failure) {
            case ArtifactStoreUnavailableException _ ->
                "It is loaded again automatically; check that the artifact store is running.";
            case VirtualMachineError _ -> "It is loaded again automatically; give the process more memory (-Xmx).";
            default -> "Repair the artifact, and it is loaded again automatically; or train a new version.";
        };
    }

    private boolean abandon(LoadRequest request, String reason) {
        Lane lane = request.lane;
        if (lane.closed()) {
            return true;
        }
        try {
            context.commands()
                    .sendAndWait(
                            new AbandonPromotion(
                                    lane.id().model(),
                                    lane.id().number(),
                                    reason,
                                    context.marketClock().instant()),
                            COMMAND_TIMEOUT_SECONDS,
                            TimeUnit.SECONDS);
            context.outages()
                    .lost(
                            "promotion of " + lane.id(),
                            "The promotion of " + lane.id() + " was abandoned: " + reason,
                            "Live versions are not affected; train a new version.");
            return true;
        } catch (RuntimeException e) {
            request.failures++;
            Duration pause = request.delay();
            Refusal refusal = RefusedException.in(e);
            if (refusal != null) {
                // It may have gone live in the meantime.
                log.warn("Abandoning {} was refused: {}", lane.id(), refusal.message());
                request.abandon = null;
            } else {
                log.warn("Could not abandon {}, next attempt in {}: {}", lane.id(), pause, e.toString());
            }
            return false;
        }
    }

    @Override
    public void close() {
        threads.forEach(thread -> thread.stop(STOP_PATIENCE));
        requests.clear();
    }
}
