package io.hindcast.feeds.market;

import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeMonitor;
import io.hindcast.runtime.Outages;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Status of the market feed, for health, readiness, metrics and people. Thread-safe. */
public final class FeedStatus implements ExchangeMonitor {

    private static final Logger log = LoggerFactory.getLogger(FeedStatus.class);

    private static final String STREAM = "market stream";

    private final Outages outages;
    private final MeterRegistry meters;
    private final InstantSource marketClock;
    private final LongSupplier nanoTime;
    private final List<SymbolFeedReporter> symbols = new CopyOnWriteArrayList<>();
    private final AtomicLong reconnects = new AtomicLong();
    private final AtomicLong weightUsed = new AtomicLong();
    private final AtomicLong weightLimit = new AtomicLong();
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean archiveFinished = new AtomicBoolean();
    private volatile Duration longestQuiet = Duration.ofMinutes(3);

    /**
     * Creates the status of a feed without symbols and registers its metrics.
     *
     * @param nanoTime monotonic wall clock
     */
    public FeedStatus(Outages outages, MeterRegistry meters, InstantSource marketClock, LongSupplier nanoTime) {
        this.outages = outages;
        this.meters = meters;
        this.marketClock = marketClock;
        this.nanoTime = nanoTime;
        Gauge.builder("hindcast.feed.rest.weight", weightUsed, AtomicLong::get)
                .description("Request weight used this minute, as the exchange counts it")
                .register(meters);
        Gauge.builder("hindcast.feed.rest.weight.limit", weightLimit, AtomicLong::get)
                .description("Request weight allowed per minute")
                .register(meters);
        Gauge.builder("hindcast.feed.connected", connected, c -> c.get() ? 1 : 0)
                .description("1 while the stream is up")
                .register(meters);
        Gauge.builder("hindcast.feed.archive.finished", archiveFinished, f -> f.get() ? 1 : 0)
                .description("1 once the archive was played to its end")
                .register(meters);
    }

    /** Returns the status of every symbol followed, in the order of the settings. */
    public List<SymbolStatus> symbols() {
        return symbols.stream().map(SymbolFeedReporter::snapshot).toList();
    }

    /**
     * Returns whether every symbol is followed live and its bars keep coming: the stream is up and the last bar was
     * recorded less than {@link #longestQuiet} ago. An archive played to its end is ready, too.
     */
    public boolean ready() {
        return !symbols.isEmpty()
                && symbols.stream().map(SymbolFeedReporter::snapshot).allMatch(this::ready);
    }

    private boolean ready(SymbolStatus symbol) {
        return symbol.state() == FeedState.FINISHED
                || (symbol.state() == FeedState.LIVE
                        && connected.get()
                        && symbol.freshness()
                                .quiet()
                                .map(quiet -> quiet.compareTo(longestQuiet) <= 0)
                                .orElse(true));
    }

    /** Returns whether the stream is up. */
    public boolean connected() {
        return connected.get();
    }

    /** Returns how often the stream was lost and came back. */
    public long reconnects() {
        return reconnects.get();
    }

    /** Returns whether the archive was played to its end. */
    public boolean archiveFinished() {
        return archiveFinished.get();
    }

    /** Returns the request weight used this minute, as the exchange counts it. */
    public long restWeight() {
        return weightUsed.get();
    }

    @Override
    public void answered(int status) {
        Counter.builder("hindcast.feed.rest.answers")
                .description("REST answers by HTTP status")
                .tag("status", Integer.toString(status))
                .register(meters)
                .increment();
    }

    @Override
    public void weight(int used, int limit) {
        weightUsed.set(used);
        weightLimit.set(limit);
    }

    @Override
    public void retrying(String problem, Duration wait) {
        log.warn("A request to the exchange failed ({}); retrying in {} ms", problem, wait.toMillis());
        count("hindcast.feed.rest.retries", "REST requests retried");
    }

    @Override
    public void badBar(String symbol, String problem) {
        log.warn("A bar from {} was refused: {}", symbol, problem);
        refused(symbol).increment();
    }

    /**
     * Counts rows of a file or of a market's history that are not candles and were left out, and reports the loss once.
     *
     * @param part place of the rows, for people, such as {@code history of BTCUSDT}
     */
    public void leftOut(Symbol symbol, String part, UnusableRows rows) {
        if (rows.count() == 0) {
            return;
        }
        log.warn("{} of the {}", rows, part);
        refused(symbol.value()).increment((double) rows.count());
        outages.lost(
                part,
                "In the " + part + " " + rows,
                "The rest is used and the minutes without a candle are shown as gaps; a source that has them fills them.");
    }

    private Counter refused(String symbol) {
        return Counter.builder("hindcast.feed.refused")
                .description("Bars refused")
                .tag("symbol", symbol)
                .register(meters);
    }

    @Override
    public void malformed(String message, String problem) {
        log.warn("A stream message was refused: {} ({})", problem, message);
        count("hindcast.feed.malformed", "Stream messages that could not be parsed");
    }

    @Override
    public void connected(boolean again) {
        connected.set(true);
        outages.over(STREAM);
        if (again) {
            reconnects.incrementAndGet();
            count("hindcast.feed.reconnects", "Times the stream was lost and came back");
            log.info("The market stream is up again");
        } else {
            log.info("The market stream is up");
        }
    }

    @Override
    public void disconnected(String problem, String remedy) {
        connected.set(false);
        log.warn("The market stream is down ({}); reconnecting", problem);
        outages.down(STREAM, "The stream of market data is down: " + problem, remedy);
    }

    /** Sets the wall time without a bar after which a symbol is not ready any more. */
    public void longestQuiet(Duration wallTime) {
        longestQuiet = wallTime;
    }

    /** Marks every symbol as finished: the archive was played to its end. */
    public void finished() {
        archiveFinished.set(true);
        symbols.forEach(symbol -> symbol.state(FeedState.FINISHED));
    }

    SymbolFeedReporter add(Symbol symbol) {
        SymbolFeedReporter status = new SymbolFeedReporter(symbol, this, outages, meters, marketClock, nanoTime);
        symbols.add(status);
        return status;
    }

    /** Removes all symbols and ends their outages, since the feed stops. */
    void clear() {
        symbols.forEach(SymbolFeedReporter::end);
        symbols.clear();
        outages.over(STREAM);
    }

    private void count(String name, String description) {
        Counter.builder(name).description(description).register(meters).increment();
    }

    /** Returns the seconds of market time since a close, for gauges; not a number without one. */
    static double age(@Nullable Instant close, InstantSource marketClock) {
        return close == null
                ? Double.NaN
                : Duration.between(close, marketClock.instant()).toMillis() / 1000.0;
    }
}
