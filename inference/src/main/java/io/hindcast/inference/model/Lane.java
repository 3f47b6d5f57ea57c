package io.hindcast.inference.model;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.inference.LaneStatus;
import io.hindcast.runtime.Outages;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One version in the lanes of its symbol. Its stage belongs to the thread that handles the symbol's events; its model
 * is brought by a loader thread and freed by whoever comes last.
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
    private final Trials<Long> trials = new Trials<>();
    private volatile Stage stage = Stage.PROMOTING;
    private volatile int missedCount;
    /** Times in a row that the model was taken out without having scored anything. */
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

    /** Whether the caller is to load it: nobody else does. */
    boolean beginLoading() {
        return loading.compareAndSet(false, true);
    }

    /** Ends loading without a model. */
    void endLoading() {
        loading.set(false);
        firstAttempt.complete(null);
    }

    /** Takes a model over, or closes it if it is not wanted any more. */
    void loaded(LoadedModel loaded) {
        if (breakages.get() == 0) {
            wellAgain();
        }
        // Before it can be used: if it breaks at once, it can be loaded again.
        loading.set(false);
        if (!model.compareAndSet(null, loaded)) {
            loaded.close();
        }
        firstAttempt.complete(null);
        if (closed()) {
            free();
        }
    }

    /** Notes why it could not be loaded; it is tried again. */
    void failed(String reason, String remedy) {
        report(reason, remedy);
        firstAttempt.complete(null);
    }

    /** Takes the model out after it could not score. */
    public void broken(String reason) {
        breakages.incrementAndGet();
        report(
                id() + " failed to score: " + reason,
                "It is loaded again by itself, ever less often; if that does not help, train a new version.");
        free();
    }

    /** Times in a row that the model was taken out without having scored anything. */
    int breakages() {
        return breakages.get();
    }

    /** Takes note that the model has scored. */
    public void scored() {
        if (breakages.getAndSet(0) > 0) {
            wellAgain();
        }
    }

    /** Decides which bars are given up. */
    public Trials<Long> trials() {
        return trials;
    }

    private void report(String reason, String remedy) {
        problem = reason + ". " + remedy;
        outages.degraded(part(), "The lane of " + id() + " does not predict: " + reason, remedy);
        if (closed()) {
            outages.over(part());
        }
    }

    private void wellAgain() {
        problem = null;
        outages.over(part());
    }

    /** Its name among outages. */
    public String part() {
        return "lane of " + id();
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
        outages.over(part());
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
            case JOINED -> open && breakages.get() == 0 ? LaneStatus.State.PREDICTING : LaneStatus.State.UNHEALTHY;
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
