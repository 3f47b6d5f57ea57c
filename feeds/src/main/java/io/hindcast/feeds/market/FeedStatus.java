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

/** How the feed is: for health, readiness, metrics and people. Thread-safe. */
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

    /** @param nanoTime wall clock that only goes forward */
    public FeedStatus(Outages outages, MeterRegistry meters, InstantSource marketClock, LongSupplier nanoTime) {
        this.outages = outages;
        this.meters = meters;
        this.marketClock = marketClock;
        this.nanoTime = nanoTime;
        Gauge.builder("hindcast.feed.rest.weight", weightUsed, AtomicLong::get)
                .description("Request weight used this minute, as the exchange counts it")
                .register(meters);
        Gauge.builder("hindcast.feed.rest.weight.limit", weightLimit, AtomicLong::get)
                .description("Request weight allowed a minute")
                .register(meters);
        Gauge.builder("hindcast.feed.connected", connected, c -> c.get() ? 1 : 0)
                .description("1 while the stream is up")
                .register(meters);
        Gauge.builder("hindcast.feed.archive.finished", archiveFinished, f -> f.get() ? 1 : 0)
                .description("1 once the archive was played to its end")
                .register(meters);
    }

    /** Every symbol followed, in the order of the settings. */
    public List<SymbolStatus> symbols() {
        return symbols.stream().map(SymbolFeedReporter::snapshot).toList();
    }

    /**
     * Whether every symbol is followed live and bars come: the stream is up and the last bar is not older, in wall
     * time, than a few bars take. An archive played to its end is ready, too.
     */
    public boolean ready() {
        if (symbols.isEmpty()) {
            return false;
        }
        for (SymbolFeedReporter symbol : symbols) {
            SymbolStatus s = symbol.snapshot();
            boolean fine = s.state() == FeedState.FINISHED
                    || (s.state() == FeedState.LIVE
                            && connected.get()
                            && s.quiet()
                                    .map(quiet -> quiet.compareTo(longestQuiet) <= 0)
                                    .orElse(true));
            if (!fine) {
                return false;
            }
        }
        return true;
    }

    /** Whether the stream is up. */
    public boolean connected() {
        return connected.get();
    }

    /** How often the stream was lost and came back. */
    public long reconnects() {
        return reconnects.get();
    }

    /** Whether the archive was played to its end. */
    public boolean archiveFinished() {
        return archiveFinished.get();
    }

    /** Request weight used this minute, as the exchange counts it. */
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
    public void retrying(String why, Duration wait) {
        log.warn("The exchange did not answer as it should ({}); trying again in {} ms", why, wait.toMillis());
        count("hindcast.feed.rest.retries", "REST requests tried again");
    }

    @Override
    public void badBar(String symbol, String why) {
        log.warn("A bar from {} was refused: {}", symbol, why);
        refused(symbol).increment();
    }

    /**
     * Counts rows of a file or of a market's history that are no candles and were left out, and reports the loss once.
     *
     * @param part where they were, for people, such as {@code history of BTCUSDT}
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
    public void malformed(String message, String why) {
        log.warn("A stream message was refused: {} ({})", why, message);
        count("hindcast.feed.malformed", "Stream messages that could not be understood");
    }

    @Override
    public void connected(boolean again) {
        connected.set(true);
        outages.over(STREAM);
        if (again) {
            reconnects.incrementAndGet();
            count("hindcast.feed.reconnects", "Times the stream was lost and came back");
            log.info("The stream is back");
        } else {
            log.info("The stream is up");
        }
    }

    @Override
    public void disconnected(String what, String remedy) {
        connected.set(false);
        log.warn("The stream is down ({}); connecting again", what);
        outages.down(STREAM, "The stream of market data is down: " + what, remedy);
    }

    /** From now on a symbol without a bar for longer than this, in wall time, is not ready. */
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

    void clear() {
        symbols.forEach(SymbolFeedReporter::end);
        symbols.clear();
        outages.over(STREAM);
    }

    private void count(String name, String description) {
        Counter.builder(name).description(description).register(meters).increment();
    }

    /** Seconds of market time since an instant, for gauges. */
    static double age(@Nullable Instant close, InstantSource marketClock) {
        return close == null
                ? Double.NaN
                : Duration.between(close, marketClock.instant()).toMillis() / 1000.0;
    }
}
