package io.hindcast.inference.model;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.inference.LaneStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One version in the lanes of its symbol. Its stage belongs to the thread that handles the symbol's events; its model is
 * brought by a loader thread and freed by whoever comes last.
 */
public final class Lane {

    private enum Stage {
        PROMOTING,
        JOINED,
        LEAVING,
        CLOSED
    }

    private final VersionRegistered version;
    private final int missedLimit;
    private final AtomicReference<@Nullable LoadedModel> model = new AtomicReference<>();
    private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
    private final TreeSet<Long> missed = new TreeSet<>();
    private volatile Stage stage = Stage.PROMOTING;
    private volatile int missedCount;
    private volatile @Nullable String problem;

    Lane(VersionRegistered version, int missedLimit) {
        this.version = version;
        this.missedLimit = missedLimit;
    }

    public VersionRegistered version() {
        return version;
    }

    public VersionId id() {
        return version.version();
    }

    /** Whether every candle event is to be scored by it, as the log has it. */
    public boolean predicts() {
        return stage == Stage.JOINED || stage == Stage.LEAVING;
    }

    boolean promoting() {
        return stage == Stage.PROMOTING;
    }

    public boolean leaving() {
        return stage == Stage.LEAVING;
    }

    /** Loaded and checked, and not yet predicting. */
    public boolean ready() {
        return stage == Stage.PROMOTING && model.get() != null;
    }

    public void joined(boolean leaving) {
        stage = leaving ? Stage.LEAVING : Stage.JOINED;
    }

    public @Nullable LoadedModel model() {
        return model.get();
    }

    /** Done when loading has succeeded or failed once. */
    public CompletableFuture<Void> firstAttempt() {
        return firstAttempt;
    }

    boolean closed() {
        return stage == Stage.CLOSED;
    }

    void loaded(LoadedModel loaded) {
        model.set(loaded);
        problem = null;
        firstAttempt.complete(null);
        if (closed()) {
            free();
        }
    }

    void failed(String reason) {
        problem = reason;
        firstAttempt.complete(null);
    }

    /** Takes the model out after it could not score. */
    public void broken(String reason) {
        problem = reason;
        free();
    }

    /** Remembers bars it should have predicted, the newest if there are too many; answers how many were let go. */
    public int miss(Iterable<Long> openTimes) {
        int lost = 0;
        for (long openTime : openTimes) {
            missed.add(openTime);
            if (missed.size() > missedLimit) {
                missed.pollFirst();
                lost++;
            }
        }
        missedCount = missed.size();
        return lost;
    }

    /** Bars to make up for, oldest first. */
    public Iterable<Long> missed() {
        return missed;
    }

    public void madeUpFor(Iterable<Long> openTimes) {
        openTimes.forEach(missed::remove);
        missedCount = missed.size();
    }

    /** Ends it. Nothing is scored by it when this is called: its own thread does. */
    void close() {
        stage = Stage.CLOSED;
        free();
    }

    private void free() {
        LoadedModel open = model.getAndSet(null);
        if (open != null) {
            open.close();
        }
    }

    Instant expiresAt() {
        return version.trainedAt().plus(version.expiresAfter());
    }

    /** As others may see it at any time. */
    public LaneStatus status() {
        boolean open = model.get() != null;
        LaneStatus.State state = switch (stage) {
            case PROMOTING -> open ? LaneStatus.State.READY : LaneStatus.State.LOADING;
            case JOINED -> open ? LaneStatus.State.PREDICTING : LaneStatus.State.UNHEALTHY;
            case LEAVING, CLOSED -> LaneStatus.State.LEAVING;
        };
        return new LaneStatus(
                id(),
                state,
                version.artifact().sha256(),
                version.trainedAt(),
                expiresAt(),
                missedCount,
                Optional.ofNullable(problem));
    }
}
