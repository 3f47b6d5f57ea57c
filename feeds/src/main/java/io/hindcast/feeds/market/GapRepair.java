package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for one symbol's missing bars until there is an answer: reports them, asks REST for them, and confirms as
 * missing what REST still does not have after a while. A look that failed is no answer; it is repeated with growing
 * waits for as long as it takes.
 */
final class GapRepair {

    private static final Logger log = LoggerFactory.getLogger(GapRepair.class);

    private final Symbol symbol;
    private final CandleRecorder recorder;
    private final PastCandleSource supply;
    private final FeedContext context;
    private final SymbolFeedReporter status;
    private final RecentBars recent;
    private final Runnable wake;
    private final OpenGaps gaps = new OpenGaps();
    /** Parts of the past in which bars may be missing that nobody has noticed yet. */
    private final ArrayDeque<MinuteRange> unsearched = new ArrayDeque<>();

    private boolean waiting;
    private int failures;
    private Duration notBefore = Duration.ZERO;

    /** @param wake has {@link #look} called, soon and on the thread that calls all other methods; must not block */
    GapRepair(
            Symbol symbol,
            CandleRecorder recorder,
            PastCandleSource supply,
            FeedContext context,
            SymbolFeedReporter status,
            RecentBars recent,
            Runnable wake) {
        this.symbol = symbol;
        this.recorder = recorder;
        this.supply = supply;
        this.context = context;
        this.status = status;
        this.recent = recent;
        this.wake = wake;
    }

    /** The bars that REST has of these minutes. */
    List<Candle> fetch(MinuteRange minutes) throws InterruptedException {
        try {
            List<Candle> found =
                    supply.candles(symbol, minutes.from(), minutes.to().plus(MinuteRange.BAR));
            failures = 0;
            notBefore = Duration.ZERO;
            status.searchWorks();
            return found;
        } catch (ExchangeUnavailableException e) {
            failures++;
            notBefore = e.notBefore();
            log.warn(
                    "{}: {}; will look again for the bars from {} to {}",
                    symbol,
                    e.getMessage(),
                    minutes.from(),
                    minutes.to());
            status.searchFails(e);
            throw e;
        }
    }

    /** How long to wait before the next attempt after one that failed. */
    Duration waitAfterFailure() {
        return context.outageWait(Math.max(1, failures), notBefore);
    }

    /** Reports these missing minutes and records what REST has of them; the rest is looked for again. */
    void repair(MinuteRange missing) throws InterruptedException {
        report(missing);
        List<MinuteRange> parts = missing.byDay();
        for (int i = 0; i < parts.size(); i++) {
            List<Candle> found;
            try {
                found = fetch(parts.get(i));
            } catch (ExchangeUnavailableException e) {
                // The other days would not fare better now.
                gaps.add(parts.subList(i, parts.size()), context.waits().nanoTime(), 0);
                break;
            }
            record(found);
            open(parts.get(i).without(found));
        }
        lookLater();
    }

    /** Reports these missing minutes, of which REST had some. */
    void repaired(MinuteRange missing, List<Candle> found) throws InterruptedException {
        report(missing);
        record(found);
        open(missing.without(found));
        lookLater();
    }

    /**
     * Has these minutes looked through for bars that are not recorded, as a kill between gap and repair leaves them.
     */
    void searchThrough(MinuteRange past) {
        unsearched.addAll(past.byDay());
        waiting = true;
        wake.run();
    }

    /** Records bars that were missing or differ from what was recorded. */
    void record(List<Candle> bars) throws InterruptedException {
        recorder.record(CandleSource.REPAIR, bars, now());
        for (Candle bar : bars) {
            recent.add(bar);
            filled(bar);
        }
    }

    /** A bar came by itself that may have been looked for. */
    void filled(Candle bar) {
        gaps.filled(bar);
        status.openGaps(gaps.size());
    }

    /** One look for everything that is missing. */
    void look() throws InterruptedException {
        waiting = false;
        try {
            searchUnsearched();
            lookForGaps();
        } catch (ExchangeUnavailableException e) {
            // Said by fetch; what was not answered is still kept.
        } finally {
            lookLater();
        }
    }

    private void searchUnsearched() throws InterruptedException {
        while (!unsearched.isEmpty()) {
            MinuteRange part = unsearched.getFirst();
            List<Candle> found = fetch(part);
            record(found);
            for (MinuteRange missing : part.without(found)) {
                report(missing);
                open(List.of(missing));
            }
            unsearched.removeFirst();
        }
    }

    private void lookForGaps() throws InterruptedException {
        long now = context.waits().nanoTime();
        List<OpenGaps.Gap> looked = gaps.takeAll();
        int done = 0;
        try {
            for (OpenGaps.Gap gap : looked) {
                List<Candle> found = fetch(gap.minutes());
                record(found);
                List<MinuteRange> missing = gap.minutes().without(found);
                if (gap.looks() >= 2
                        && now - gap.sinceNanos()
                                >= context.settings().gaps().patience().toNanos()) {
                    for (MinuteRange none : missing) {
                        recorder.confirmGap(none, now());
                    }
                } else {
                    gaps.again(gap, missing);
                }
                done++;
            }
        } finally {
            looked.subList(done, looked.size()).forEach(gaps::unanswered);
        }
    }

    /** What was to wake this search was dropped. */
    void wakeLost() {
        waiting = false;
    }

    /** Sees to it that open gaps are looked for after a while. */
    void lookLater() {
        status.openGaps(gaps.size());
        if ((!gaps.isEmpty() || !unsearched.isEmpty()) && !waiting) {
            waiting = true;
            Duration wait = failures > 0
                    ? waitAfterFailure()
                    : context.settings().gaps().backoff().after(Math.max(1, gaps.looks()), context.random());
            context.waits().after(wait, wake);
        }
    }

    private void open(List<MinuteRange> missing) {
        gaps.add(missing, context.waits().nanoTime(), 1);
    }

    private void report(MinuteRange missing) throws InterruptedException {
        recorder.reportGap(missing, now());
    }

    private Instant now() {
        return context.rest().serverTime().now();
    }
}
