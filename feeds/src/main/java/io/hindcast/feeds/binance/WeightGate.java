package io.hindcast.feeds.binance;

import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests below the exchange's weight limit, of which a tenth is left to others behind the same address, and
 * holds all of them back while the exchange asks for it.
 */
final class WeightGate {

    private static final int DEFAULT_LIMIT = 6000;

    private final InstantSource wallClock;
    private final WallTimer waits;
    private int limit = DEFAULT_LIMIT;
    private int used;
    private long minute = Long.MIN_VALUE;
    private long notBeforeNanos;
    private @Nullable FailedAnswer heldBy;

    WeightGate(InstantSource wallClock, WallTimer waits) {
        this.wallClock = wallClock;
        this.waits = waits;
    }

    /** How long to wait before a request of this weight; if zero, the weight is taken. */
    synchronized Duration admit(int weight) {
        if (heldBy != null) {
            long ahead = notBeforeNanos - waits.nanoTime();
            if (ahead > 0) {
                return Duration.ofNanos(ahead);
            }
            heldBy = null;
        }
        Instant now = wallClock.instant();
        turn(now);
        if (used + weight > limit - limit / 10) {
            return Duration.between(now, Instant.ofEpochSecond((minute + 1) * 60));
        }
        used += weight;
        return Duration.ZERO;
    }

    synchronized void reported(int weightUsed) {
        turn(wallClock.instant());
        used = Math.max(used, weightUsed);
    }

    synchronized void limit(int weightAMinute) {
        limit = weightAMinute;
    }

    /** Holds all requests back as long as an answer asked for. */
    synchronized void hold(FailedAnswer by) {
        long until = waits.nanoTime() + by.holdAll().toNanos();
        if (heldBy == null || until - notBeforeNanos > 0) {
            notBeforeNanos = until;
            heldBy = by;
        }
    }

    /** The answer for which requests are held back, or null if they are not. */
    synchronized @Nullable FailedAnswer heldBy() {
        return heldBy;
    }

    synchronized int used() {
        return used;
    }

    synchronized int limit() {
        return limit;
    }

    private void turn(Instant now) {
        long current = Math.floorDiv(now.getEpochSecond(), 60L);
        if (current != minute) {
            minute = current;
            used = 0;
        }
    }
}
