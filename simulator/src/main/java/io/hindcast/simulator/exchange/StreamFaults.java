package io.hindcast.simulator.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Faults of stream connections and their messages. Thread-safe. */
public final class StreamFaults {

    private final Map<Instant, Duration> late = new ConcurrentHashMap<>();
    private final Set<Instant> duplicated = ConcurrentHashMap.newKeySet();
    private final Set<Instant> skipped = ConcurrentHashMap.newKeySet();
    private final Set<Instant> malformed = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;
    private volatile boolean refusing;
    private volatile boolean closing;
    private volatile @Nullable Runnable drop;

    StreamFaults() {}

    /** Cuts all connections, without a closing handshake. */
    public void dropConnections() {
        Runnable action = drop;
        if (action != null) {
            action.run();
        }
    }

    /** Sets whether new connections are refused. */
    public void refuseConnections(boolean refuse) {
        refusing = refuse;
    }

    /** Sets whether new connections are accepted and closed at once, as by a failing exchange. */
    public void closeConnections(boolean close) {
        closing = close;
    }

    /** Sets whether nothing at all is sent, not even pings, though connections stay open. */
    public void silence(boolean silence) {
        silent = silence;
    }

    /** Delays the closed bar until this much market time after its close. */
    public void lateBar(Instant openTime, Duration by) {
        late.put(openTime, by);
    }

    /** Sends the closed bar twice. */
    public void duplicateBar(Instant openTime) {
        duplicated.add(openTime);
    }

    /** Never sends the closed bar; REST has it. */
    public void skipBar(Instant openTime) {
        skipped.add(openTime);
    }

    /** Sends a message that is cut in the middle before the closed bar. */
    public void malformedMessage(Instant before) {
        malformed.add(before);
    }

    /** Sets the action that cuts all connections. */
    void onDrop(Runnable action) {
        drop = action;
    }

    boolean silent() {
        return silent;
    }

    boolean refusing() {
        return refusing;
    }

    boolean closing() {
        return closing;
    }

    @Nullable Duration lateBy(Instant openTime) {
        return late.get(openTime);
    }

    boolean duplicated(Instant openTime) {
        return duplicated.contains(openTime);
    }

    boolean skipped(Instant openTime) {
        return skipped.contains(openTime);
    }

    boolean malformedBefore(Instant openTime) {
        return malformed.contains(openTime);
    }

    void clear() {
        late.clear();
        duplicated.clear();
        skipped.clear();
        malformed.clear();
        silent = false;
        refusing = false;
        closing = false;
    }
}
