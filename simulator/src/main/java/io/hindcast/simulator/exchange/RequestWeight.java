package io.hindcast.simulator.exchange;

import com.sun.net.httpserver.Headers;
import java.time.Instant;
import java.time.InstantSource;

/** Request weight used in the current minute, and its limit, as Binance counts them. Thread-safe. */
final class RequestWeight {

    static final int LIMIT = 6000;

    private final InstantSource wallClock;
    private long minute;
    private int used;

    RequestWeight(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /**
     * Adds a request's weight and writes the sum to the answer's headers.
     *
     * @throws RestError if the limit is exceeded
     */
    synchronized void use(int weight, Headers answer) throws RestError {
        Instant now = wallClock.instant();
        long current = Math.floorDiv(now.getEpochSecond(), 60L);
        if (current != minute) {
            minute = current;
            used = 0;
        }
        used += weight;
        answer.set("X-MBX-USED-WEIGHT", Integer.toString(used));
        answer.set("X-MBX-USED-WEIGHT-1M", Integer.toString(used));
        if (used > LIMIT) {
            answer.set("Retry-After", Long.toString(60 - Math.floorMod(now.getEpochSecond(), 60L)));
            throw new RestError(
                    429,
                    -1003,
                    "Too much request weight used; current limit is " + LIMIT
                            + " request weight per 1 MINUTE. Please use WebSocket Streams for live updates.");
        }
    }
}
