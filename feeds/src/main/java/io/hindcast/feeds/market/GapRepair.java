package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Repairs the gaps of one symbol: reports missing bars, fetches them by REST, searches again with growing waits for
 * those that REST does not have, and confirms a gap that is still there after {@link FeedSettings.Gaps#patience}. A
 * search that failed is not an answer and is repeated for as long as it takes. Used by the thread of the symbol's live
 * follower only.
 */
final class GapRepair {

    /** Answered searches that a gap needs before it may be confirmed. */
    private static final int ANSWERS_TO_CONFIRM = 2;

    private final CandleRecorder recorder;
    private final RepairFetcher fetcher;
    private final FeedContext context;
    private final SymbolFeedReporter status;
    private final RecentBars recent;
    private final Runnable wake;
    private final OpenGaps gaps = new OpenGaps();
    /** Parts of the past that may have gaps nobody has noticed yet. */
    private final ArrayDeque<MinuteRange> unsearched = new ArrayDeque<>();

    private boolean searchScheduled;

    /**
     * Creates a repair without gaps.
     *
     * @param recent receives every bar recorded here
     * @param wake has {@link #search} called soon, on the follower's thread; called on any thread, must not block
     */
    GapRepair(
            CandleRecorder recorder,
            RepairFetcher fetcher,
            FeedContext context,
            SymbolFeedReporter status,
            RecentBars recent,
            Runnable wake) {
        this.recorder = recorder;
        this.fetcher = fetcher;
        this.context = context;
        this.status = status;
        this.recent = recent;
        this.wake = wake;
    }

    /** Reports these missing minutes and records those that REST has; the rest stays an open gap. */
    void repair(MinuteRange missing) throws InterruptedException {
        report(missing);
        List<MinuteRange> parts = missing.byDay();
        for (int i = 0; i < parts.size(); i++) {
            List<Candle> found;
            try {
                found = fetcher.fetch(parts.get(i));
            } catch (ExchangeUnavailableException e) {
                // The other days would fail, too.
                gaps.add(parts.subList(i, parts.size()), context.waits().nanoTime(), 0);
                break;
            }
            record(found);
            open(parts.get(i).without(found));
        }
        scheduleSearch();
    }

    /** Reports these missing minutes and records those of them that were found; the rest stays an open gap. */
    void repairWith(MinuteRange missing, List<Candle> found) throws InterruptedException {
        report(missing);
        record(found);
        open(missing.without(found));
        scheduleSearch();
    }

    /** Records the bars of REST that differ from those recorded, and those that were never recorded. */
    void repairDifferences(MinuteRange minutes) throws InterruptedException {
        record(fetcher.fetch(minutes).stream()
                .filter(bar -> !bar.equals(recent.at(bar.openTime())))
                .toList());
    }

    /** Has these minutes searched for bars that were never recorded, as a kill before a repair leaves them. */
    void searchThrough(MinuteRange past) {
        unsearched.addAll(past.byDay());
        searchScheduled = true;
        wake.run();
    }

    /** Closes the gap of a bar that was recorded without being searched. */
    void filled(Candle bar) {
        gaps.filled(bar);
        status.openGaps(gaps.size());
    }

    /** Searches once for everything that is missing. */
    void search() throws InterruptedException {
        searchScheduled = false;
        try {
            searchUnsearched();
            searchOpenGaps();
        } catch (ExchangeUnavailableException e) {
            // Reported by the fetcher; unanswered gaps are kept.
        } finally {
            scheduleSearch();
        }
    }

    /** Schedules the next search again, since a wake-up may have been lost. */
    void rescheduleSearch() {
        searchScheduled = false;
        scheduleSearch();
    }

    private void searchUnsearched() throws InterruptedException {
        while (!unsearched.isEmpty()) {
            MinuteRange part = unsearched.getFirst();
            List<Candle> found = fetcher.fetch(part);
            record(found);
            for (MinuteRange missing : part.without(found)) {
                report(missing);
                open(List.of(missing));
            }
            unsearched.removeFirst();
        }
    }

    private void searchOpenGaps() throws InterruptedException {
        long now = context.waits().nanoTime();
        List<OpenGaps.Gap> taken = gaps.takeAll();
        int done = 0;
        try {
            for (OpenGaps.Gap gap : taken) {
                List<Candle> found = fetcher.fetch(gap.minutes());
                record(found);
                List<MinuteRange> missing = gap.minutes().without(found);
                if (mayConfirm(gap, now)) {
                    for (MinuteRange none : missing) {
                        recorder.confirmGap(none, now());
                    }
                } else {
                    gaps.stillMissing(gap, missing);
                }
                done++;
            }
        } finally {
            taken.subList(done, taken.size()).forEach(gaps::unanswered);
        }
    }

    private boolean mayConfirm(OpenGaps.Gap gap, long nowNanos) {
        long patience = context.settings().gaps().patience().toNanos();
        return gap.answers() >= ANSWERS_TO_CONFIRM && nowNanos - gap.sinceNanos() >= patience;
    }

    private void scheduleSearch() {
        status.openGaps(gaps.size());
        if ((!gaps.isEmpty() || !unsearched.isEmpty()) && !searchScheduled) {
            searchScheduled = true;
            Duration wait = fetcher.failing()
                    ? fetcher.waitAfterFailure()
                    : context.settings().gaps().backoff().after(Math.max(1, gaps.fewestAnswers()), context.random());
            context.waits().after(wait, wake);
        }
    }

    private void record(List<Candle> bars) throws InterruptedException {
        recorder.record(CandleSource.REPAIR, bars, now());
        for (Candle bar : bars) {
            recent.add(bar);
            filled(bar);
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
