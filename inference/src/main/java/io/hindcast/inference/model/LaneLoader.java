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
 * Brings lanes their models on threads of its own, a few at a time; there are never more errands than lanes. A store
 * that is away is asked again, and so is a model that memory did not suffice for. What is wrong with the artifact
 * itself ends the promotion it came with; a lane that is live already stays unhealthy, and is tried again in case the
 * artifact is put right.
 */
public final class LaneLoader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LaneLoader.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);
    private static final long COMMAND_TIMEOUT_SECONDS = 10;

    private final LaneGround ground;
    private final Backoff backoff;
    private final DelayQueue<Errand> errands = new DelayQueue<>();
    private final List<SupervisedLoop> threads;

    LaneLoader(LaneGround ground, String part, int threads) {
        this.ground = ground;
        Duration longest = ground.settings().retryPause();
        this.backoff = new Backoff(longest.compareTo(FIRST_PAUSE) < 0 ? longest : FIRST_PAUSE, longest);
        this.threads = IntStream.rangeClosed(1, threads)
                .mapToObj(number -> new SupervisedLoop(
                        part + " " + number,
                        "Nothing has to be done, it is tried again; lanes that are loaded go on.",
                        ground.loops().with(backoff),
                        this::turn))
                .toList();
    }

    /** A lane that wants its model, or whose promotion is to be abandoned for a reason. */
    private final class Errand implements Delayed {
        private final Lane lane;
        private @Nullable String abandon;
        private int failures;
        private long dueNanos;

        private Errand(Lane lane) {
            this.lane = lane;
            this.failures = lane.breakages();
            this.dueNanos = System.nanoTime();
            if (failures > 0) {
                delay();
            }
        }

        private Duration delay() {
            Duration pause = backoff.after(Math.max(1, failures), ground.loops().random());
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
     * Loads a lane's model, now and again until it is there or the lane is closed. One that broke is loaded the later
     * the more often it did.
     */
    public void load(Lane lane) {
        if (lane.beginLoading()) {
            errands.add(new Errand(lane));
            threads.forEach(SupervisedLoop::start);
        }
    }

    private void turn() throws InterruptedException {
        Errand errand = errands.take();
        boolean done = false;
        try {
            done = errand.abandon == null ? load(errand) : abandon(errand, errand.abandon);
        } finally {
            // Also if reporting failed: a lane that is forgotten here would never predict.
            if (!done) {
                errands.add(errand);
            }
        }
    }

    private boolean load(Errand errand) {
        Lane lane = errand.lane;
        if (lane.closed() || lane.model() != null) {
            lane.endLoading();
            return true;
        }
        try {
            lane.loaded(ground.source().load(lane.version()));
            log.info(
                    "Loaded {} from artifact {}",
                    lane.id(),
                    lane.version().artifact().sha256());
            return true;
        } catch (Throwable e) {
            errand.failures++;
            Duration pause = errand.delay();
            String reason = "artifact " + lane.version().artifact().sha256() + " of " + lane.id() + " can't be loaded: "
                    + FailureReason.of(e);
            // Neither says anything about the artifact.
            boolean later = e instanceof ArtifactStoreUnavailableException
                    || e instanceof VirtualMachineError
                    || Thread.currentThread().isInterrupted();
            if (!later && lane.promoting()) {
                log.error("Giving up the promotion of {}: {}", lane.id(), reason);
                lane.failed(reason, "Its promotion is given up; train a new version.");
                errand.abandon = reason;
                errand.failures = 0;
                return abandon(errand, reason);
            }
            log.error("{}; next attempt in {}. Lanes that are loaded go on.", reason, pause, e);
            lane.failed(reason, remedy(e));
            return false;
        }
    }

    private static String remedy(Throwable failure) {
        return switch (failure) {
            case ArtifactStoreUnavailableException _ -> "It is asked for again; see that the artifact store runs.";
            case VirtualMachineError _ -> "It is tried again; give the process more memory (-Xmx).";
            default -> "Put the artifact right, it is tried again; or train a new version.";
        };
    }

    private boolean abandon(Errand errand, String reason) {
        Lane lane = errand.lane;
        if (lane.closed()) {
            return true;
        }
        try {
            ground.commands()
                    .sendAndWait(
                            new AbandonPromotion(
                                    lane.id().model(),
                                    lane.id().number(),
                                    reason,
                                    ground.marketClock().instant()),
                            COMMAND_TIMEOUT_SECONDS,
                            TimeUnit.SECONDS);
            ground.outages()
                    .lost(
                            "promotion of " + lane.id(),
                            "The promotion of " + lane.id() + " was given up: " + reason,
                            "Versions that are live go on; train a new one.");
            return true;
        } catch (RuntimeException e) {
            errand.failures++;
            Duration pause = errand.delay();
            Refusal refusal = RefusedException.in(e);
            if (refusal != null) {
                // It may have gone live meanwhile.
                log.warn("Abandoning {} was refused: {}", lane.id(), refusal.message());
                errand.abandon = null;
            } else {
                log.warn("Could not abandon {}, trying again in {}: {}", lane.id(), pause, e.toString());
            }
            return false;
        }
    }

    @Override
    public void close() {
        threads.forEach(thread -> thread.stop(STOP_PATIENCE));
        errands.clear();
    }
}
