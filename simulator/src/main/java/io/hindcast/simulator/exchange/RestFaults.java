package io.hindcast.simulator.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Faults of the next answers to REST requests, one after the other. Thread-safe. */
public final class RestFaults {

    private final Queue<RestFault> next = new ArrayDeque<>();

    RestFaults() {}

    /** Answers the next {@code times} requests with {@code status}: 429 and 418 with Retry-After, or any 5xx. */
    public void answer(int status, int times, @Nullable Duration retryAfter) {
        enqueue(new RestFault.Status(status, Optional.ofNullable(retryAfter)), times);
    }

    /** Bans the address: the next {@code times} requests get 418 and the end of the ban in the body alone. */
    public void ban(Instant until, int times) {
        enqueue(
                new RestFault.Other(
                        418,
                        "application/json",
                        "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned until "
                                + until.toEpochMilli()
                                + ". Please use WebSocket Streams for live updates to avoid bans.\"}",
                        Map.of()),
                times);
    }

    /**
     * Answers the next {@code times} requests with a page, as a CDN, a proxy or a network's sign-in does, with any
     * status, 200 too.
     */
    public void page(int status, int times) {
        Map<String, String> headers =
                status >= 300 && status < 400 ? Map.of("Location", "http://sign-in.example/?from=here") : Map.of();
        enqueue(
                new RestFault.Other(status, "text/html", "<html><body>Status " + status + "</body></html>", headers),
                times);
    }

    /** Leaves the next {@code times} requests without an answer. */
    public void stall(int times) {
        enqueue(new RestFault.Stall(), times);
    }

    /** Cuts the next {@code times} answers in the middle. */
    public void cutBody(int times) {
        enqueue(new RestFault.CutBody(), times);
    }

    /** Answers the next {@code times} requests with something that is not JSON. */
    public void wrongBody(int times) {
        enqueue(new RestFault.WrongBody(), times);
    }

    private synchronized void enqueue(RestFault fault, int times) {
        for (int i = 0; i < times; i++) {
            next.add(fault);
        }
    }

    /** Returns and removes the fault of the next answer, null if it has none. */
    synchronized @Nullable RestFault poll() {
        return next.poll();
    }

    synchronized void clear() {
        next.clear();
    }
}
