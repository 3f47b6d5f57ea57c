package io.hindcast.inference.model;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.news.TextId;
import io.hindcast.inference.LaneStatus;
import io.hindcast.runtime.Outages;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One version in the lanes of its symbol. The thread that handles the symbol's events changes its stage and scores with
 * its model; a loader thread hands the model over; whichever of the two comes last frees it.
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
    private final Outages outages;
    private final AtomicReference<@Nullable LoadedModel> model = new AtomicReference<>();
    private final AtomicBoolean loading = new AtomicBoolean();
    private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
    private final TreeSet<Long> missed = new TreeSet<>();
    private final FailureAttribution<Long> barFailures = new FailureAttribution<>();
    private final FailureAttribution<TextId> textFailures = new FailureAttribution<>();
    private volatile Stage stage = Stage.PROMOTING;
    private volatile Instant joinedAt = Instant.MAX;
    private volatile int missedCount;
    /** Consecutive times that the model was removed without having scored anything. */
    private final AtomicInteger breakages = new AtomicInteger();

    private volatile @Nullable String problem;

    Lane(VersionRegistered version, int missedLimit, Outages outages) {
        this.version = version;
        this.missedLimit = missedLimit;
        this.outages = outages;
    }

    public VersionRegistered version() {
        return version;
    }

    public VersionId id() {
        return version.version();
    }

    /** Returns whether the lane has joined and not left, so that it must score every candle event. */
    public boolean predicts() {
        return stage == Stage.JOINED || stage == Stage.LEAVING;
    }

    boolean promoting() {
        return stage == Stage.PROMOTING;
    }

    public boolean leaving() {
        return stage == Stage.LEAVING;
    }

    /** Returns whether the model is loaded and checked and the lane has not joined yet. */
    boolean ready() {
        return stage == Stage.PROMOTING && model.get() != null;
    }

    void joined(boolean leaving, Instant at) {
        joinedAt = at;
        stage = leaving ? Stage.LEAVING : Stage.JOINED;
    }

    /** Returns the market time at which the lane joined; only of a lane that predicts. */
    public Instant joinedAt() {
        return joinedAt;
    }

    /** Returns the loaded model, or null while there is none. */
    public @Nullable LoadedModel model() {
        return model.get();
    }

    /** Completes once loading has succeeded or failed for the first time; never exceptionally. */
    public CompletableFuture<Void> firstAttempt() {
        return firstAttempt;
    }

    boolean closed() {
        return stage == Stage.CLOSED;
    }

    /** Claims the loading of this lane; returns false if it is being loaded already. */
    boolean beginLoading() {
        return loading.compareAndSet(false, true);
    }

    /** Ends loading without a model. */
    void endLoading() {
        loading.set(false);
        firstAttempt.complete(null);
    }

    /** Takes over a loaded model, or closes it if it is no longer needed. */
    void loaded(LoadedModel loaded) {
        if (breakages.get() == 0) {
            recovered();
        }
        // Before the model can be used: if it breaks at once, it can be loaded again.
        loading.set(false);
        if (!model.compareAndSet(null, loaded)) {
            loaded.close();
        }
        firstAttempt.complete(null);
        if (closed()) {
            freeModel();
        }
    }

    /** Records a failed attempt to load; another one follows. */
    void loadFailed(String reason, String remedy) {
        report(reason, remedy);
        firstAttempt.complete(null);
    }

    /** Removes a model that cannot score. */
    void broken(String reason) {
        breakages.incrementAndGet();
        report(
                id() + " failed to score: " + reason,
                "It is loaded again automatically, at growing intervals; if that does not help, train a new version.");
        freeModel();
    }

    /** Returns how often in a row the model was removed without having scored anything. */
    int breakages() {
        return breakages.get();
    }

    /** Records that the model has scored. */
    public void scored() {
        if (breakages.getAndSet(0) > 0) {
            recovered();
        }
    }

    /** Failures of this lane by open time of the bar. */
    public FailureAttribution<Long> barFailures() {
        return barFailures;
    }

    /** Failures of this lane by text of an article. */
    public FailureAttribution<TextId> textFailures() {
        return textFailures;
    }

    private void report(String reason, String remedy) {
        problem = reason + ". " + remedy;
        outages.degraded(outageName(), "The lane of " + id() + " does not predict: " + reason, remedy);
        if (closed()) {
            outages.over(outageName());
        }
    }

    private void recovered() {
        problem = null;
        outages.over(outageName());
    }

    /** Returns the lane's name among outages. */
    public String outageName() {
        return "lane of " + id();
    }

    /**
     * Remembers bars that the lane still has to predict, up to a limit beyond which the oldest are dropped.
     *
     * @param openTimes in milliseconds since 1970
     * @return number of bars dropped
     */
    public int addMissed(Collection<Long> openTimes) {
        int dropped = 0;
        for (long openTime : openTimes) {
            missed.add(openTime);
            if (missed.size() > missedLimit) {
                missed.pollFirst();
                dropped++;
            }
        }
        missedCount = missed.size();
        return dropped;
    }

    /** Returns the open times of the bars still to be predicted, oldest first. */
    public Iterable<Long> missed() {
        return missed;
    }

    /** Removes bars that have been predicted or abandoned. */
    public void removeMissed(Collection<Long> openTimes) {
        openTimes.forEach(missed::remove);
        missedCount = missed.size();
    }

    /** Ends the lane. Called by the thread that scores with it, so its model is not in use. */
    void close() {
        stage = Stage.CLOSED;
        freeModel();
        outages.over(outageName());
    }

    private void freeModel() {
        LoadedModel open = model.getAndSet(null);
        if (open != null) {
            open.close();
        }
    }

    /** Returns the lane's status; may be called from any thread. */
    LaneStatus status() {
        boolean open = model.get() != null;
        LaneStatus.State state = switch (stage) {
            case PROMOTING -> open ? LaneStatus.State.READY : LaneStatus.State.LOADING;
            case JOINED -> open && breakages.get() == 0 ? LaneStatus.State.PREDICTING : LaneStatus.State.UNHEALTHY;
            case LEAVING, CLOSED -> LaneStatus.State.LEAVING;
        };
        Instant expiresAt = version.trainedAt().plus(version.expiresAfter());
        return new LaneStatus(
                id(),
                state,
                version.artifact().sha256(),
                version.trainedAt(),
                expiresAt,
                missedCount,
                Optional.ofNullable(problem));
    }
}
