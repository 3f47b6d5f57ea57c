package io.hindcast.simulator.exchange;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What can be made to go wrong at the simulated exchange, each as it really happens at one. All faults are off at
 * first, can be switched at any time, and concern all symbols unless they name one. Thread-safe.
 */
public final class Faults {

    /** What a REST request gets instead of its answer. */
    sealed interface RestFault {
        record Status(int status, Optional<Duration> retryAfter) implements RestFault {}

        record Stall() implements RestFault {}

        record CutBody() implements RestFault {}

        record WrongBody() implements RestFault {}

        /** An answer that is not the exchange's own, or not about the request. */
        record Other(int status, String contentType, String body, Map<String, String> headers) implements RestFault {}
    }

    /** A symbol that is not traded from some moment on. */
    private record Halt(String status, Instant from) {}

    private record Outage(Instant from, Instant to) {}

    private record SymbolOutage(Symbol symbol, Instant from, Instant to) {}

    private record Bar(Symbol symbol, Instant openTime) {}

    private final Queue<RestFault> rest = new ArrayDeque<>();
    private final Map<Instant, Duration> late = new ConcurrentHashMap<>();
    private final Set<Instant> duplicated = ConcurrentHashMap.newKeySet();
    private final Set<Instant> skipped = ConcurrentHashMap.newKeySet();
    private final Set<Instant> malformed = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Outage> outages = new CopyOnWriteArrayList<>();
    private final Map<Bar, Candle> revised = new ConcurrentHashMap<>();
    private volatile Duration skew = Duration.ZERO;
    private volatile boolean silent;
    private volatile boolean refusing;
    private volatile boolean closing;
    private final Map<Symbol, Halt> halts = new ConcurrentHashMap<>();
    private final Set<Symbol> delisted = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<SymbolOutage> symbolOutages = new CopyOnWriteArrayList<>();
    private volatile @Nullable Runnable drop;

    /** Cuts all stream connections, without a closing handshake. */
    public void dropConnections() {
        Runnable action = drop;
        if (action != null) {
            action.run();
        }
    }

    /** Whether new stream connections are turned away. */
    public void refuseConnections(boolean refuse) {
        refusing = refuse;
    }

    /** Whether new stream connections are accepted and closed at once, as by an exchange in trouble. */
    public void closeConnections(boolean close) {
        closing = close;
    }

    /** Whether streams send nothing at all any more, not even pings, though connections stay open. */
    public void silence(boolean silence) {
        silent = silence;
    }

    /** Answers the next {@code times} REST requests with {@code status}: 429 and 418 with Retry-After, or any 5xx. */
    public void answer(int status, int times, @Nullable Duration retryAfter) {
        enqueue(new RestFault.Status(status, Optional.ofNullable(retryAfter)), times);
    }

    /**
     * Bans the address: the next {@code times} REST requests get 418 and the time until which the ban lasts, in the
     * body alone.
     */
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
     * Answers the next {@code times} REST requests with a page, as a CDN, a proxy or a network's sign-in does: any
     * status, 200 too.
     */
    public void page(int status, int times) {
        Map<String, String> headers =
                status >= 300 && status < 400 ? Map.of("Location", "http://sign-in.example/?from=here") : Map.of();
        enqueue(
                new RestFault.Other(status, "text/html", "<html><body>Status " + status + "</body></html>", headers),
                times);
    }

    /**
     * Stops the trading of a symbol: its status is {@code status} (HALT, BREAK), and no bar that opens at or after
     * {@code from} exists.
     */
    public void halt(Symbol symbol, String status, Instant from) {
        halts.put(symbol, new Halt(status, from));
    }

    /** Lets a halted symbol be traded again: bars that open at or after {@code from} exist. */
    public void resume(Symbol symbol, Instant from) {
        Halt halt = halts.remove(symbol);
        if (halt != null) {
            symbolOutages.add(new SymbolOutage(symbol, halt.from(), from));
        }
    }

    /**
     * Whether a symbol is not listed: requests for it are refused as those for an invalid one, and its stream is
     * silent.
     */
    public void delist(Symbol symbol, boolean gone) {
        if (gone) {
            delisted.add(symbol);
        } else {
            delisted.remove(symbol);
        }
    }

    /** Leaves the next {@code times} REST requests without an answer. */
    public void stall(int times) {
        enqueue(new RestFault.Stall(), times);
    }

    /** Breaks off in the middle of the next {@code times} REST answers. */
    public void cutBody(int times) {
        enqueue(new RestFault.CutBody(), times);
    }

    /** Answers the next {@code times} REST requests with something that is no JSON. */
    public void wrongBody(int times) {
        enqueue(new RestFault.WrongBody(), times);
    }

    /** The closed bar comes over the stream only when this much market time has gone by after its close. */
    public void lateBar(Instant openTime, Duration by) {
        late.put(openTime, by);
    }

    /** The closed bar comes over the stream twice. */
    public void duplicateBar(Instant openTime) {
        duplicated.add(openTime);
    }

    /** The closed bar never comes over the stream; REST has it. */
    public void skipBar(Instant openTime) {
        skipped.add(openTime);
    }

    /** Before the closed bar comes a message that is cut in the middle. */
    public void malformedMessage(Instant before) {
        malformed.add(before);
    }

    /** Neither stream nor REST have the bars that open from {@code from} up to and not including {@code to}. */
    public void outage(Instant from, Instant to) {
        outages.add(new Outage(from, to));
    }

    /** From now on REST gives these values for the bar, as when an exchange corrects one. */
    public void revise(Symbol symbol, Candle bar) {
        revised.put(new Bar(symbol, bar.openTime()), bar);
    }

    /** How far the exchange's own clock is ahead of the market's. */
    public void skew(Duration ahead) {
        skew = ahead;
    }

    /** Switches everything off. */
    public void clear() {
        synchronized (rest) {
            rest.clear();
        }
        late.clear();
        duplicated.clear();
        skipped.clear();
        malformed.clear();
        outages.clear();
        symbolOutages.clear();
        halts.clear();
        delisted.clear();
        revised.clear();
        skew = Duration.ZERO;
        silent = false;
        refusing = false;
        closing = false;
    }

    private void enqueue(RestFault fault, int times) {
        synchronized (rest) {
            for (int i = 0; i < times; i++) {
                rest.add(fault);
            }
        }
    }

    void onDrop(Runnable action) {
        drop = action;
    }

    @Nullable RestFault nextRest() {
        synchronized (rest) {
            return rest.poll();
        }
    }

    boolean silent() {
        return silent;
    }

    boolean refusing() {
        return refusing;
    }

    Duration skew() {
        return skew;
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

    boolean closing() {
        return closing;
    }

    boolean delisted(Symbol symbol) {
        return delisted.contains(symbol);
    }

    /** The symbol's status as exchange information has it. */
    String status(Symbol symbol) {
        Halt halt = halts.get(symbol);
        return halt == null ? "TRADING" : halt.status();
    }

    /** Whether the exchange has no bar of the symbol that opens then. */
    boolean without(Symbol symbol, Instant openTime) {
        Halt halt = halts.get(symbol);
        if ((halt != null && !openTime.isBefore(halt.from())) || delisted(symbol)) {
            return true;
        }
        for (SymbolOutage outage : symbolOutages) {
            if (outage.symbol().equals(symbol) && !openTime.isBefore(outage.from()) && openTime.isBefore(outage.to())) {
                return true;
            }
        }
        return inOutage(openTime);
    }

    private boolean inOutage(Instant openTime) {
        for (Outage outage : outages) {
            if (!openTime.isBefore(outage.from()) && openTime.isBefore(outage.to())) {
                return true;
            }
        }
        return false;
    }

    @Nullable Candle revision(Symbol symbol, Instant openTime) {
        return revised.isEmpty() ? null : revised.get(new Bar(symbol, openTime));
    }
}
