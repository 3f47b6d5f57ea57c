package io.hindcast.feeds.market;

import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.runtime.Outages;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reporter of one symbol's feed: keeps its status, metrics and outages. Thread-safe. */
final class SymbolFeedReporter {

    private final Symbol symbol;
    private final String part;
    private final String repairPart;
    private final Outages outages;
    private final FeedStatus feed;
    private final InstantSource marketClock;
    private final LongSupplier nanoTime;
    private final Map<CandleSource, Counter> recorded = new EnumMap<>(CandleSource.class);
    private final Counter duplicates;
    private final Counter gaps;
    private final Counter commandRetries;
    private final AtomicLong refused = new AtomicLong();
    private volatile FeedState state = FeedState.STOPPED;
    private volatile @Nullable Instant lastOpenTime;
    private volatile long lastNanos;
    private volatile int openGaps;
    private volatile boolean repairFailing;
    private volatile @Nullable String problem;

    SymbolFeedReporter(
            Symbol symbol,
            FeedStatus feed,
            Outages outages,
            MeterRegistry meters,
            InstantSource marketClock,
            LongSupplier nanoTime) {
        this.symbol = symbol;
        this.part = partOf(symbol);
        this.repairPart = "gap repair of " + symbol;
        this.outages = outages;
        this.feed = feed;
        this.marketClock = marketClock;
        this.nanoTime = nanoTime;
        for (CandleSource source : CandleSource.values()) {
            recorded.put(
                    source,
                    Counter.builder("hindcast.feed.candles")
                            .description("Bars recorded, by source")
                            .tag("symbol", symbol.value())
                            .tag("source", source.name())
                            .register(meters));
        }
        this.duplicates = counter(meters, "hindcast.feed.duplicates", "Bars that came again unchanged");
        this.gaps = counter(meters, "hindcast.feed.gaps", "Gaps found in the recorded candles");
        this.commandRetries = counter(meters, "hindcast.feed.command.retries", "Commands retried");
        Gauge.builder("hindcast.feed.freshness", this, SymbolFeedReporter::freshness)
                .description("Market time since the last recorded bar closed")
                .baseUnit("seconds")
                .tag("symbol", symbol.value())
                .register(meters);
        Gauge.builder("hindcast.feed.gaps.open", this, s -> s.openGaps)
                .description("Gaps that are still searched")
                .tag("symbol", symbol.value())
                .register(meters);
    }

    /** Returns the name of a symbol's feed among the outages. */
    static String partOf(Symbol symbol) {
        return "feed of " + symbol;
    }

    /** Returns the status now. */
    SymbolStatus snapshot() {
        Instant last = lastOpenTime;
        SymbolStatus.Freshness freshness = new SymbolStatus.Freshness(
                Optional.ofNullable(last),
                Optional.ofNullable(last)
                        .map(open -> Duration.between(open.plus(MinuteRange.BAR), marketClock.instant())),
                last == null || lastNanos == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(nanoTime.getAsLong() - lastNanos)));
        SymbolStatus.Counts counts = new SymbolStatus.Counts(
                count(CandleSource.HISTORY),
                count(CandleSource.LIVE),
                count(CandleSource.REPAIR),
                (long) duplicates.count(),
                (long) gaps.count(),
                refused.get());
        return new SymbolStatus(symbol, state, freshness, counts, openGaps, Optional.ofNullable(problem));
    }

    FeedState state() {
        return state;
    }

    void state(FeedState now) {
        if (state == FeedState.FINISHED && now == FeedState.LIVE) {
            return;
        }
        if (now == FeedState.LIVE && feed.archiveFinished()) {
            state = FeedState.FINISHED;
        } else {
            state = now;
        }
    }

    /** Notes that the symbol is followed live, which ends an outage. */
    void live() {
        works();
        state(FeedState.LIVE);
    }

    /**
     * Reports that the symbol is not followed now.
     *
     * @param sentence problem, with the symbol in it
     */
    void down(String sentence, String remedy) {
        problem = sentence;
        outages.down(part, sentence, remedy);
    }

    /** Ends the outage of {@link #down}. */
    void works() {
        if (problem != null) {
            problem = null;
            outages.over(part);
        }
    }

    /** Reports that missing bars cannot be fetched, while those of the stream are recorded. */
    void repairFails(ExchangeUnavailableException why) {
        repairFailing = true;
        outages.degraded(
                repairPart,
                "Bars of " + symbol + " that are missing from the stream cannot be fetched: " + why.getMessage(),
                why.remedy());
    }

    /** Ends the outage of {@link #repairFails}. */
    void repairWorks() {
        if (repairFailing) {
            repairFailing = false;
            outages.over(repairPart);
        }
    }

    /** Ends the outages of the symbol, since it is no longer followed. */
    void end() {
        works();
        repairWorks();
    }

    /**
     * Counts recorded bars.
     *
     * @param openTime of the last one
     */
    void recorded(CandleSource source, int bars, Instant openTime) {
        Counter counter = recorded.get(source);
        if (counter != null) {
            counter.increment(bars);
        }
        last(openTime);
        lastNanos = nanoTime.getAsLong();
    }

    /** Notes the open time of a bar that is recorded. */
    void last(Instant openTime) {
        Instant held = lastOpenTime;
        if (held == null || openTime.isAfter(held)) {
            lastOpenTime = openTime;
        }
    }

    void duplicate() {
        duplicates.increment();
    }

    void gap() {
        gaps.increment();
    }

    void openGaps(int count) {
        openGaps = count;
    }

    void refused(String bar) {
        refused.incrementAndGet();
        feed.badBar(symbol.value(), bar);
    }

    /** Counts rows that were left out and reports them once. */
    void leftOut(String part, UnusableRows rows) {
        if (rows.count() > 0) {
            refused.addAndGet(rows.count());
            feed.leftOut(symbol, part, rows);
        }
    }

    void commandRetry() {
        commandRetries.increment();
    }

    private double freshness() {
        Instant last = lastOpenTime;
        return FeedStatus.age(last == null ? null : last.plus(MinuteRange.BAR), marketClock);
    }

    private long count(CandleSource source) {
        Counter counter = recorded.get(source);
        return counter == null ? 0 : (long) counter.count();
    }

    private Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("symbol", symbol.value())
                .register(meters);
    }
}
