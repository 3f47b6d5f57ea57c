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

/** Where one symbol's feed notes how it is. Thread-safe. */
final class SymbolFeedReporter {

    private final Symbol symbol;
    private final String part;
    private final String searchPart;
    private final Outages outages;
    private final FeedStatus whole;
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
    private volatile boolean searchFailing;
    private volatile @Nullable String problem;

    SymbolFeedReporter(
            Symbol symbol,
            FeedStatus whole,
            Outages outages,
            MeterRegistry meters,
            InstantSource marketClock,
            LongSupplier nanoTime) {
        this.symbol = symbol;
        this.part = partOf(symbol);
        this.searchPart = "gap search of " + symbol;
        this.outages = outages;
        this.whole = whole;
        this.marketClock = marketClock;
        this.nanoTime = nanoTime;
        for (CandleSource source : CandleSource.values()) {
            recorded.put(
                    source,
                    Counter.builder("hindcast.feed.candles")
                            .description("Bars recorded, by how they came")
                            .tag("symbol", symbol.value())
                            .tag("source", source.name())
                            .register(meters));
        }
        this.duplicates = counter(meters, "hindcast.feed.duplicates", "Bars that came again unchanged");
        this.gaps = counter(meters, "hindcast.feed.gaps", "Runs of missing minutes noticed");
        this.commandRetries = counter(meters, "hindcast.feed.command.retries", "Commands tried again");
        Gauge.builder("hindcast.feed.freshness", this, SymbolFeedReporter::freshness)
                .description("Market time since the last recorded bar closed")
                .baseUnit("seconds")
                .tag("symbol", symbol.value())
                .register(meters);
        Gauge.builder("hindcast.feed.gaps.open", this, s -> s.openGaps)
                .description("Runs of missing minutes that are still asked for")
                .tag("symbol", symbol.value())
                .register(meters);
    }

    /** Name of a symbol's feed among the outages. */
    static String partOf(Symbol symbol) {
        return "feed of " + symbol;
    }

    SymbolStatus snapshot() {
        Instant last = lastOpenTime;
        return new SymbolStatus(
                symbol,
                state,
                Optional.ofNullable(last),
                Optional.ofNullable(last)
                        .map(open -> Duration.between(open.plus(MinuteRange.BAR), marketClock.instant())),
                last == null || lastNanos == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(nanoTime.getAsLong() - lastNanos)),
                count(CandleSource.HISTORY),
                count(CandleSource.LIVE),
                count(CandleSource.REPAIR),
                (long) duplicates.count(),
                (long) gaps.count(),
                refused.get(),
                openGaps,
                Optional.ofNullable(problem));
    }

    FeedState state() {
        return state;
    }

    void state(FeedState now) {
        if (state == FeedState.FINISHED && now == FeedState.LIVE) {
            return;
        }
        if (now == FeedState.LIVE && whole.archiveFinished()) {
            state = FeedState.FINISHED;
        } else {
            state = now;
        }
    }

    /** The symbol is not followed now: names the problem, the symbol in it, and what to do. */
    void down(String what, String remedy) {
        problem = what;
        outages.down(part, what, remedy);
    }

    /** Ends what {@link #down} began. */
    void works() {
        if (problem != null) {
            problem = null;
            outages.over(part);
        }
    }

    /** Bars that are missing cannot be asked for, while those of the stream go on. */
    void searchFails(ExchangeUnavailableException why) {
        searchFailing = true;
        outages.degraded(
                searchPart,
                "Bars of " + symbol + " that the stream left out cannot be fetched: " + why.getMessage(),
                why.remedy());
    }

    void searchWorks() {
        if (searchFailing) {
            searchFailing = false;
            outages.over(searchPart);
        }
    }

    /** Ends every outage of the symbol, since it is not followed any more. */
    void end() {
        works();
        searchWorks();
    }

    void recorded(CandleSource source, int bars, Instant openTime) {
        Counter counter = recorded.get(source);
        if (counter != null) {
            counter.increment(bars);
        }
        last(openTime);
        lastNanos = nanoTime.getAsLong();
    }

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

    void refused(String why) {
        refused.incrementAndGet();
        whole.badBar(symbol.value(), why);
    }

    /** Counts rows that were left out, and says so once. */
    void leftOut(String part, UnusableRows rows) {
        if (rows.count() > 0) {
            refused.addAndGet(rows.count());
            whole.leftOut(symbol, part, rows);
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
