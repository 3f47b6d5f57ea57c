package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.KlineEvent;
import io.hindcast.feeds.binance.ServerTime;
import io.hindcast.feeds.market.FollowerQueue.Work;
import io.hindcast.runtime.WallTimer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one symbol live. Events of the stream wait in a bounded queue while a command is in flight, and their bars go
 * into the next command together; there is never more than one, so bars are recorded in order. A bar that opens later
 * than expected reveals a gap, which {@link GapRepair} fills before the bar is recorded; {@link OverdueBars} fetches
 * bars that the stream does not deliver. After a failed turn the queue is dropped and everything since the last
 * acknowledged bar is fetched again, so nothing is lost.
 *
 * <p>Methods marked as never blocking may be called from any thread; the others are called by the loop of the symbol's
 * feed.
 */
final class LiveFollower {

    private static final Logger log = LoggerFactory.getLogger(LiveFollower.class);

    private static final int RECENT_BARS = 4000;
    /** Most recent bars that a recheck leaves out, because the exchange may still correct them. */
    private static final long UNSETTLED_BARS = 3;
    /** Seconds after which an event of the next bar means that the closed event of the one before was lost. */
    private static final long CLOSED_EVENT_SECONDS = 2;

    private final Symbol symbol;
    private final CandleRecorder recorder;
    private final FeedContext context;
    private final ServerTime exchangeTime;
    private final WallTimer waits;
    private final SymbolFeedReporter status;
    private final GapRepair repair;
    private final OverdueBars overdue;
    private final FollowPosition position = new FollowPosition();
    private final RecentBars recent = new RecentBars(RECENT_BARS);

    private final FollowerQueue queue;
    private volatile boolean begun;
    private boolean refetch;

    private volatile long lastBarNanos;
    private volatile Instant lastOpenBar = Instant.EPOCH;
    private final List<Candle> pending = new ArrayList<>();
    private Instant pendingReceivedAt = Instant.EPOCH;

    LiveFollower(
            Symbol symbol,
            CandleRecorder recorder,
            PastCandleSource source,
            TradingCheck trading,
            FeedContext context,
            SymbolFeedReporter status) {
        this.symbol = symbol;
        this.recorder = recorder;
        this.context = context;
        this.exchangeTime = context.rest().serverTime();
        this.waits = context.waits();
        this.status = status;
        this.queue = new FollowerQueue(context.settings().queueBound());
        RepairFetcher fetcher = new RepairFetcher(symbol, source, context, status);
        this.repair =
                new GapRepair(recorder, fetcher, context, status, recent, () -> queue.offer(new Work.SearchGaps()));
        this.overdue = new OverdueBars(
                position, repair, fetcher, trading, context, status, until -> queue.offer(new Work.FetchUntil(until)));
    }

    /** Notes that the stream begins, so bars may be missing before it. Never blocks. */
    void streamBegun() {
        queue.offer(new Work.FetchUntil(exchangeTime.earliest()));
    }

    /** Takes an event of the stream. Never blocks. */
    void event(KlineEvent event) {
        if (event.closed().isPresent()) {
            lastBarNanos = waits.nanoTime();
            queue.offer(new Work.Bar(event.closed().get(), event.eventTime()));
        } else if (event.openTime().isAfter(position.next())
                && event.openTime().isAfter(lastOpenBar)
                && event.eventTime().isAfter(event.openTime().plusSeconds(CLOSED_EVENT_SECONDS))) {
            // A later bar is open already, so the one before it must have closed.
            lastOpenBar = event.openTime();
            queue.offer(new Work.FetchUntil(event.openTime()));
        }
    }

    /** Checks for overdue bars if none came for a while. Called at intervals; never blocks. */
    void checkStall() {
        if (begun
                && waits.nanoTime() - lastBarNanos
                        >= context.settings().checks().stall().toNanos()) {
            queue.offer(new Work.CheckOverdue());
        }
    }

    /** Compares recent bars with REST. Called at intervals; never blocks. */
    void recheck() {
        if (begun) {
            queue.offer(new Work.Recheck());
        }
    }

    /** Ends the follower: the symbol cannot be followed. Never blocks. */
    void end() {
        queue.end();
    }

    /**
     * Begins to follow.
     *
     * @param from open time of the first bar that is not recorded yet
     * @param searchFrom start of the past that may have gaps which an earlier process left unrepaired; equal to
     *     {@code from} if there are none
     */
    void begin(Instant from, Instant searchFrom) {
        position.recordedUpTo(from);
        lastBarNanos = waits.nanoTime();
        begun = true;
        if (searchFrom.isBefore(from)) {
            repair.searchThrough(new MinuteRange(searchFrom, from.minus(MinuteRange.BAR)));
        }
    }

    /** Has the next turn fetch everything since the last acknowledged bar, because a turn failed. */
    void fetchAnew() {
        refetch = true;
    }

    /** Waits for the next event and records it together with all that have arrived by then. */
    void turn() throws InterruptedException {
        if (refetch) {
            fetchSinceAcknowledged();
            refetch = false;
        }
        List<Work> batch = queue.take();
        if (queue.takeOverflow()) {
            log.warn("{}: more events came than could be recorded; the bars are fetched by REST", symbol);
            batch.add(new Work.FetchUntil(exchangeTime.earliest()));
            rescheduleLostWakes();
        }
        for (Work work : batch) {
            handle(work);
        }
        flush();
    }

    private void fetchSinceAcknowledged() throws InterruptedException {
        queue.clear();
        pending.clear();
        pendingReceivedAt = Instant.EPOCH;
        recent.forgetFrom(position.acknowledged());
        position.rewind();
        rescheduleLostWakes();
        var _ = overdue.fetch(exchangeTime.earliest());
        status.live();
        log.info("{}: recording again", symbol);
    }

    private void rescheduleLostWakes() {
        overdue.unschedule();
        repair.rescheduleSearch();
    }

    private void handle(Work work) throws InterruptedException {
        if (work instanceof Work.Bar(Candle candle, Instant receivedAt)) {
            bar(candle, receivedAt);
            return;
        }
        flush();
        switch (work) {
            case Work.Bar _ -> {}
            case Work.FetchUntil(Instant until) -> {
                overdue.unschedule();
                var _ = overdue.fetch(until);
            }
            case Work.CheckOverdue _ -> overdue.check();
            case Work.SearchGaps _ -> repair.search();
            case Work.Recheck _ -> recheckRecent();
        }
    }

    private void bar(Candle bar, Instant receivedAt) throws InterruptedException {
        if (bar.openTime().isBefore(position.next())) {
            lateBar(bar, receivedAt);
            return;
        }
        if (bar.openTime().isAfter(position.next())) {
            flush();
            repair.repair(new MinuteRange(position.next(), bar.openTime().minus(MinuteRange.BAR)));
            position.recordedUpTo(bar.openTime());
        }
        pending.add(bar);
        pendingReceivedAt = later(pendingReceivedAt, receivedAt);
        position.received(bar.openTime());
    }

    /** Drops a repetition; records a late bar or a correction. */
    private void lateBar(Candle bar, Instant receivedAt) throws InterruptedException {
        if (bar.equals(recent.at(bar.openTime()))) {
            status.duplicate();
            return;
        }
        flush();
        recorder.record(CandleSource.REPAIR, List.of(bar), later(receivedAt, exchangeTime.now()));
        recent.add(bar);
        repair.filled(bar);
    }

    private void flush() throws InterruptedException {
        if (!pending.isEmpty()) {
            recorder.record(CandleSource.LIVE, pending, pendingReceivedAt);
            pending.forEach(recent::add);
            pending.clear();
            pendingReceivedAt = Instant.EPOCH;
            overdue.streamDelivers();
            status.live();
        }
        position.acknowledge();
    }

    private void recheckRecent() throws InterruptedException {
        if (overdue.noneFound()) {
            return; // no new bars to compare
        }
        Instant to = position.next().minus(MinuteRange.BAR.multipliedBy(UNSETTLED_BARS));
        int bars = context.settings().checks().recheckBars();
        try {
            repair.repairDifferences(new MinuteRange(to.minus(MinuteRange.BAR.multipliedBy(bars - 1L)), to));
        } catch (ExchangeUnavailableException e) {
            log.warn("{}: recent bars could not be compared: {}", symbol, e.getMessage());
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
