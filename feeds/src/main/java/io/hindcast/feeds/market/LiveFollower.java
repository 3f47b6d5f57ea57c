package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.KlineEvent;
import io.hindcast.feeds.binance.ServerTime;
import io.hindcast.feeds.binance.UnknownSymbolException;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one symbol live. What the stream brings waits in a bounded queue while a command is in flight and then goes
 * in one command; there is never more than one, so bars are recorded in order. A bar that opens later than expected
 * shows a gap, which {@link GapSearch} fills by REST before the bar goes on. After a turn that failed the queue is
 * dropped and everything since the last acknowledged bar is fetched anew: nothing is lost by it. While bars stop coming
 * the symbol's status at the exchange is looked at.
 */
final class LiveFollower {

    private static final Logger log = LoggerFactory.getLogger(LiveFollower.class);

    /** A closed bar that the stream owes us is looked for by REST after this much market time. */
    private static final Duration OWED = Duration.ofSeconds(30);

    private static final int MOST_AT_ONCE = 1440;
    private static final int REMEMBERED = 4000;

    private sealed interface Incoming {
        record Bar(Candle candle, Instant receivedAt) implements Incoming {}

        /** All bars that closed by {@code until} should be here: those that are not are fetched. */
        record CatchUp(Instant until) implements Incoming {}

        record Stall() implements Incoming {}

        record LookForGaps() implements Incoming {}

        record Recheck() implements Incoming {}
    }

    private final Symbol symbol;
    private final Recorder recorder;
    private final TradingCheck trading;
    private final FeedGround ground;
    private final ServerTime exchangeTime;
    private final WallTimer waits;
    private final SymbolFeedStatus status;
    private final GapSearch search;

    private final BlockingQueue<Incoming> queue;
    private volatile boolean overflowed;
    private volatile boolean begun;
    private volatile boolean ended;
    private boolean refetch;
    /** Open time of the bar expected next; all before it are recorded or known to be missing. */
    private volatile Instant next = Instant.EPOCH;
    /** The bar that would come next if everything sent but not acknowledged were lost. */
    private Instant acknowledged = Instant.EPOCH;

    private volatile long lastBarNanos;
    private volatile Instant hinted = Instant.EPOCH;
    private final RecentBars recent = new RecentBars(REMEMBERED);
    private final List<Candle> pending = new ArrayList<>();
    private Instant pendingReceivedAt = Instant.EPOCH;
    /** Looks in a row that found none of the bars that the stream owes. */
    private int emptyLooks;

    private long quietSince;
    private Duration quiet = Duration.ZERO;
    private boolean catchingUpLater;

    LiveFollower(
            Symbol symbol,
            Recorder recorder,
            CandleSupply supply,
            TradingCheck trading,
            FeedGround ground,
            SymbolFeedStatus status) {
        this.symbol = symbol;
        this.recorder = recorder;
        this.trading = trading;
        this.ground = ground;
        this.exchangeTime = ground.rest().serverTime();
        this.waits = ground.waits();
        this.status = status;
        this.queue = new ArrayBlockingQueue<>(ground.settings().queueBound());
        this.search = new GapSearch(
                symbol, recorder, supply, ground, status, recent, () -> offer(new Incoming.LookForGaps()));
    }

    /** The stream begins, so bars may be missing before it. Never blocks. */
    void begun() {
        offer(new Incoming.CatchUp(exchangeTime.surelyPassed()));
    }

    /** Something came over the stream. Never blocks. */
    void event(KlineEvent event) {
        if (event.closed().isPresent()) {
            lastBarNanos = waits.nanoTime();
            offer(new Incoming.Bar(event.closed().get(), event.eventTime()));
        } else if (event.openTime().isAfter(next)
                && event.openTime().isAfter(hinted)
                && event.eventTime().isAfter(event.openTime().plusSeconds(2))) {
            // A later bar is open already: the one before it must have closed.
            hinted = event.openTime();
            offer(new Incoming.CatchUp(event.openTime()));
        }
    }

    /** Looks at what should have come and what was recorded. Called now and then; never blocks. */
    void checkStall() {
        if (begun
                && waits.nanoTime() - lastBarNanos
                        >= ground.settings().checks().stall().toNanos()) {
            offer(new Incoming.Stall());
        }
    }

    /** Compares recent bars with what REST says. Called now and then; never blocks. */
    void recheck() {
        if (begun) {
            offer(new Incoming.Recheck());
        }
    }

    private void offer(Incoming incoming) {
        if (!ended && !queue.offer(incoming)) {
            overflowed = true;
        }
    }

    /** Takes nothing any more: the symbol cannot be followed. */
    void end() {
        ended = true;
        queue.clear();
    }

    /**
     * Begins to follow.
     *
     * @param from open time of the first bar that is not yet recorded
     * @param searchFrom where bars may be missing that an earlier process left unrepaired; equal to {@code from} if
     *     none are
     */
    void begin(Instant from, Instant searchFrom) {
        next = from;
        acknowledged = from;
        lastBarNanos = waits.nanoTime();
        begun = true;
        if (searchFrom.isBefore(from)) {
            search.searchThrough(new Minutes(searchFrom, from.minus(Minutes.BAR)));
        }
    }

    /** Has the next turn fetch everything since the last acknowledged bar, because a turn failed. */
    void fetchAnew() {
        refetch = true;
    }

    /** Waits for what comes and records it, all that has come by then at once. */
    void turn() throws InterruptedException {
        if (refetch) {
            fetchSinceAcknowledged();
            refetch = false;
        }
        List<Incoming> batch = new ArrayList<>();
        batch.add(queue.take());
        queue.drainTo(batch, MOST_AT_ONCE - 1);
        if (overflowed) {
            overflowed = false;
            log.warn("{}: more came than could be recorded; fetching the rest by REST", symbol);
            batch.add(new Incoming.CatchUp(exchangeTime.surelyPassed()));
            wakesLost();
        }
        for (Incoming incoming : batch) {
            handle(incoming);
        }
        flush();
    }

    private void fetchSinceAcknowledged() throws InterruptedException {
        queue.clear();
        overflowed = false;
        pending.clear();
        pendingReceivedAt = Instant.EPOCH;
        recent.forgetFrom(acknowledged);
        next = acknowledged;
        wakesLost();
        var _ = catchUp(exchangeTime.surelyPassed());
        status.works();
        status.state(FeedState.LIVE);
        log.info("{}: recording again", symbol);
    }

    private void wakesLost() {
        catchingUpLater = false;
        search.wakeLost();
        search.lookLater();
    }

    private void handle(Incoming incoming) throws InterruptedException {
        switch (incoming) {
            case Incoming.Bar bar -> bar(bar.candle(), bar.receivedAt());
            case Incoming.CatchUp catchUp -> {
                flush();
                catchingUpLater = false;
                var _ = catchUp(catchUp.until());
            }
            case Incoming.Stall _ -> {
                flush();
                lookForOwed();
            }
            case Incoming.LookForGaps _ -> {
                flush();
                search.look();
            }
            case Incoming.Recheck _ -> {
                flush();
                recheckRecent();
            }
        }
    }

    private void bar(Candle bar, Instant receivedAt) throws InterruptedException {
        if (bar.openTime().isBefore(next)) {
            Candle known = recent.at(bar.openTime());
            if (bar.equals(known)) {
                status.duplicate();
                return;
            }
            // A late bar or a correction.
            flush();
            recorder.record(CandleSource.REPAIR, List.of(bar), later(receivedAt, exchangeTime.now()));
            recent.add(bar);
            search.filled(bar);
            return;
        }
        if (bar.openTime().isAfter(next)) {
            flush();
            search.repair(new Minutes(next, bar.openTime().minus(Minutes.BAR)));
            next = bar.openTime();
            acknowledged = next;
        }
        pending.add(bar);
        pendingReceivedAt = later(pendingReceivedAt, receivedAt);
        next = bar.openTime().plus(Minutes.BAR);
    }

    private void flush() throws InterruptedException {
        if (!pending.isEmpty()) {
            recorder.record(CandleSource.LIVE, pending, pendingReceivedAt);
            pending.forEach(recent::add);
            pending.clear();
            pendingReceivedAt = Instant.EPOCH;
            emptyLooks = 0;
            live();
        }
        acknowledged = next;
    }

    private void live() {
        status.works();
        status.state(FeedState.LIVE);
    }

    /**
     * Fetches what closed by {@code until} and was not received. What the exchange does not have yet is no gap yet.
     *
     * @return whether the exchange answered; if not, it is asked again later
     */
    private boolean catchUp(Instant until) throws InterruptedException {
        Instant end = until.truncatedTo(ChronoUnit.MINUTES);
        if (!next.isBefore(end)) {
            return true;
        }
        for (Minutes part : new Minutes(next, end.minus(Minutes.BAR)).byDay()) {
            List<Candle> found;
            try {
                found = search.fetch(part);
            } catch (ExchangeUnavailableException e) {
                if (!catchingUpLater) {
                    catchingUpLater = true;
                    waits.after(search.waitAfterFailure(), () -> offer(new Incoming.CatchUp(until)));
                }
                return e instanceof UnknownSymbolException;
            }
            if (!found.isEmpty()) {
                Minutes missing = new Minutes(next, found.getLast().openTime());
                search.repaired(missing, found);
                next = missing.to().plus(Minutes.BAR);
                acknowledged = next;
            }
        }
        return true;
    }

    /**
     * Fetches bars that the stream owes. The less there is, the less often it is asked: a symbol that is not traded has
     * none, however often it is looked.
     */
    private void lookForOwed() throws InterruptedException {
        Instant until = exchangeTime.surelyPassed().minus(OWED).truncatedTo(ChronoUnit.MINUTES);
        if (!next.isBefore(until) || (emptyLooks > 0 && waits.nanoTime() - quietSince < quiet.toNanos())) {
            return;
        }
        Instant before = next;
        boolean answered = catchUp(until);
        if (next.isAfter(before)) {
            emptyLooks = 0;
            live();
            return;
        }
        emptyLooks++;
        quietSince = waits.nanoTime();
        quiet = ground.outageWait(emptyLooks, Duration.ZERO);
        if (!answered) {
            return;
        }
        try {
            if (!trading.trades()) {
                trading.reportSuspended();
            } else if (status.state() == FeedState.SUSPENDED) {
                live();
            }
        } catch (ExchangeUnavailableException e) {
            status.searchFails(e);
        }
    }

    /** Compares the recent past, but for the last two bars, with what REST says now. */
    private void recheckRecent() throws InterruptedException {
        if (emptyLooks > 0) {
            return; // nothing new to compare
        }
        Instant to = next.minus(Minutes.BAR.multipliedBy(3));
        Instant from =
                to.minus(Minutes.BAR.multipliedBy(ground.settings().checks().recheckBars() - 1L));
        try {
            search.record(different(search.fetch(new Minutes(from, to))));
        } catch (ExchangeUnavailableException e) {
            log.warn("{}: recent bars could not be compared: {}", symbol, e.getMessage());
        }
    }

    private List<Candle> different(List<Candle> bars) {
        return bars.stream()
                .filter(bar -> !bar.equals(recent.at(bar.openTime())))
                .toList();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
