package io.hindcast.feeds.binance;

import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Rate limiter of connection attempts. Binance accepts 300 from an address in 5 minutes and bans it for more; a tenth
 * is left to other clients behind the same address. Thread-safe.
 */
final class ConnectionRateLimiter {

    static final int MOST = 270;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private final WallTimer waits;
    private final ArrayDeque<Long> attempts = new ArrayDeque<>();

    ConnectionRateLimiter(WallTimer waits) {
        this.waits = waits;
    }

    /** Returns how long to wait before an attempt; if zero, the attempt is counted. */
    synchronized Duration admit() {
        long now = waits.nanoTime();
        while (!attempts.isEmpty() && now - attempts.getFirst() >= WINDOW.toNanos()) {
            attempts.removeFirst();
        }
        if (attempts.size() >= MOST) {
            return Duration.ofNanos(WINDOW.toNanos() - (now - attempts.getFirst()));
        }
        attempts.addLast(now);
        return Duration.ZERO;
    }
}
