package io.hindcast.feeds.binance;

import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Rate limiter of REST requests: keeps their weight per minute below the exchange's limit, less a tenth that is left to
 * other clients behind the same address, and holds all requests while the exchange demands it. Thread-safe.
 */
final class RequestRateLimiter {

    private static final int DEFAULT_LIMIT = 6000;

    private final InstantSource wallClock;
    private final WallTimer waits;
    private int limit = DEFAULT_LIMIT;
    private int used;
    private long minute = Long.MIN_VALUE;
    private long notBeforeNanos;
    private @Nullable RequestFailedException heldBy;

    RequestRateLimiter(InstantSource wallClock, WallTimer waits) {
        this.wallClock = wallClock;
        this.waits = waits;
    }

    /** Returns how long to wait before a request of this weight; if zero, the weight is taken. */
    synchronized Duration admit(int weight) {
        if (heldBy != null) {
            long ahead = notBeforeNanos - waits.nanoTime();
            if (ahead > 0) {
                return Duration.ofNanos(ahead);
            }
            heldBy = null;
        }
        Instant now = wallClock.instant();
        beginMinute(now);
        if (used + weight > limit - limit / 10) {
            return Duration.between(now, Instant.ofEpochSecond((minute + 1) * 60));
        }
        used += weight;
        return Duration.ZERO;
    }

    /** Raises the weight used to the one that the exchange reports. */
    synchronized void reported(int weightUsed) {
        beginMinute(wallClock.instant());
        used = Math.max(used, weightUsed);
    }

    synchronized void limit(int perMinute) {
        limit = perMinute;
    }

    /** Holds all requests for as long as a failed one demands. */
    synchronized void hold(RequestFailedException by) {
        long until = waits.nanoTime() + by.holdAll().toNanos();
        if (heldBy == null || until - notBeforeNanos > 0) {
            notBeforeNanos = until;
            heldBy = by;
        }
    }

    /** Returns the failed request for which all are held, null if they are not. */
    synchronized @Nullable RequestFailedException heldBy() {
        return heldBy;
    }

    synchronized int used() {
        return used;
    }

    synchronized int limit() {
        return limit;
    }

    private void beginMinute(Instant now) {
        long current = Math.floorDiv(now.getEpochSecond(), 60L);
        if (current != minute) {
            minute = current;
            used = 0;
        }
    }
}
