package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.KlineEvent;
import io.hindcast.feeds.binance.ServerTime;
import io.hindcast.runtime.Waits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one symbol live. What the stream brings waits in a bounded queue while a command is in flight and then goes in one
 * command; there is never more than one, so bars are recorded in order. A bar that opens later than expected shows a gap: it is
 * reported, filled by REST before the bar goes on, and what REST does not have either is asked for again and in the end
 * confirmed as missing. When commands fail for good, the queue is dropped and everything since the last acknowledged bar
 * is fetched anew: nothing is lost by it.
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
    private final CandleSupply rest;
    private final ServerTime exchangeTime;
    private final FeedSettings settings;
    private final Waits waits;
    private final RandomGenerator random;
    private final SymbolFeedStatus status;

    private final BlockingQueue<Incoming> queue;
    private volatile boolean overflowed;
    /** Open time of the bar expected next; all before it are recorded or known to be missing. */
    private volatile Instant next = Instant.EPOCH;
    /** The bar that would come next if everything sent but not acknowledged were lost. */
    private Instant acknowledged = Instant.EPOCH;

    private volatile long lastBarNanos;
    private volatile Instant hinted = Instant.EPOCH;
    private final RecentBars recent = new RecentBars(REMEMBERED);
    private final OpenGaps gaps = new OpenGaps();
    private boolean lookingForGaps;
    private final List<Candle> pending = new ArrayList<>();
    private Instant pendingReceivedAt = Instant.EPOCH;

    LiveFollower(
            Symbol symbol,
            Recorder recorder,
            CandleSupply rest,
            ServerTime exchangeTime,
            FeedSettings settings,
            Waits waits,
            RandomGenerator random,
            SymbolFeedStatus status) {
        this.symbol = symbol;
        this.recorder = recorder;
        this.rest = rest;
        this.exchangeTime = exchangeTime;
        this.settings = settings;
        this.waits = waits;
        this.random = random;
        this.status = status;
        this.queue = new ArrayBlockingQueue<>(settings.queueBound());
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
        if (waits.nanoTime() - lastBarNanos >= settings.stallCheck().toNanos()) {
            offer(new Incoming.Stall());
        }
    }

    /** Compares recent bars with what REST says. Called now and then; never blocks. */
    void recheck() {
        offer(new Incoming.Recheck());
    }

    private void offer(Incoming incoming) {
        if (!queue.offer(incoming)) {
            overflowed = true;
        }
    }

    /**
     * Follows until interrupted.
     *
     * @param from open time of the first bar that is not yet recorded
     * @param searchFrom where bars may be missing that an earlier process left unrepaired; equal to {@code from} if none are
     */
    void run(Instant from, Instant searchFrom) throws InterruptedException {
        next = from;
        acknowledged = from;
        lastBarNanos = waits.nanoTime();
        try {
            search(searchFrom, from);
        } catch (CommandFailedException | ExchangeUnavailableException e) {
            recover(e);
        }
        List<Incoming> batch = new ArrayList<>();
        while (true) {
            batch.clear();
            batch.add(queue.take());
            queue.drainTo(batch, MOST_AT_ONCE - 1);
            try {
                if (overflowed) {
                    overflowed = false;
                    log.warn("{}: more came than could be recorded; fetching the rest by REST", symbol);
                    batch.add(new Incoming.CatchUp(exchangeTime.surelyPassed()));
                }
                for (Incoming incoming : batch) {
                    handle(incoming);
                }
                flush();
            } catch (CommandFailedException e) {
                recover(e);
            }
        }
    }

    private void handle(Incoming incoming) throws InterruptedException {
        switch (incoming) {
            case Incoming.Bar bar -> bar(bar.candle(), bar.receivedAt());
            case Incoming.CatchUp catchUp -> {
                flush();
                catchUp(catchUp.until());
            }
            case Incoming.Stall _ -> {
                flush();
                catchUp(exchangeTime.surelyPassed().minus(OWED));
            }
            case Incoming.LookForGaps _ -> {
                flush();
                lookForGaps();
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
            gaps.filled(bar);
            status.openGaps(gaps.size());
            return;
        }
        if (bar.openTime().isAfter(next)) {
            flush();
            repair(new Minutes(next, bar.openTime().minus(Minutes.BAR)));
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
            status.state(FeedState.LIVE);
        }
        acknowledged = next;
    }

    /** Reports these missing minutes and fills what REST has of them; the rest is looked for again. */
    private void repair(Minutes missing) throws InterruptedException {
        recorder.reportGap(missing, exchangeTime.now());
        for (Minutes part : missing.byDay()) {
            List<Candle> found = List.of();
            try {
                found = fetch(part);
            } catch (ExchangeUnavailableException e) {
                log.warn(
                        "{}: {}; will look again for the bars from {} to {}",
                        symbol,
                        e.getMessage(),
                        part.from(),
                        part.to());
            }
            recordRepair(found);
            gaps.add(part.without(found), waits.nanoTime());
        }
        if (!missing.to().isBefore(next)) {
            next = missing.to().plus(Minutes.BAR);
        }
        acknowledged = next;
        lookLater();
    }

    /** Fetches what closed by {@code until} and was not received. What the exchange does not have yet is no gap yet. */
    private void catchUp(Instant until) throws InterruptedException {
        Instant end = until.truncatedTo(ChronoUnit.MINUTES);
        if (!next.isBefore(end)) {
            return;
        }
        for (Minutes part : new Minutes(next, end.minus(Minutes.BAR)).byDay()) {
            List<Candle> found;
            try {
                found = fetch(part);
            } catch (ExchangeUnavailableException e) {
                log.warn("{}: {}; will catch up later", symbol, e.getMessage());
                waits.after(settings.gapBackoff().first(), () -> offer(new Incoming.CatchUp(until)));
                return;
            }
            if (!found.isEmpty()) {
                Minutes missing = new Minutes(next, found.getLast().openTime());
                recorder.reportGap(missing, exchangeTime.now());
                recordRepair(found);
                gaps.add(missing.without(found), waits.nanoTime());
                next = missing.to().plus(Minutes.BAR);
                acknowledged = next;
                lookLater();
            }
        }
    }

    private void lookForGaps() throws InterruptedException {
        lookingForGaps = false;
        long now = waits.nanoTime();
        List<OpenGaps.Gap> looked = gaps.takeAll();
        for (int i = 0; i < looked.size(); i++) {
            OpenGaps.Gap gap = looked.get(i);
            try {
                List<Candle> found = fetch(gap.minutes());
                recordRepair(found);
                List<Minutes> missing = gap.minutes().without(found);
                if (gap.looks() >= 2
                        && now - gap.sinceNanos() >= settings.gapPatience().toNanos()) {
                    for (Minutes none : missing) {
                        recorder.confirmGap(none, exchangeTime.now());
                    }
                } else {
                    gaps.again(gap, missing);
                }
            } catch (ExchangeUnavailableException e) {
                log.warn("{}: {}; will look again", symbol, e.getMessage());
                gaps.again(gap, List.of(gap.minutes()));
            } catch (CommandFailedException e) {
                for (OpenGaps.Gap rest : looked.subList(i, looked.size())) {
                    gaps.again(rest, List.of(rest.minutes()));
                }
                lookLater();
                throw e;
            }
        }
        lookLater();
    }

    private void lookLater() {
        status.openGaps(gaps.size());
        if (!gaps.isEmpty() && !lookingForGaps) {
            lookingForGaps = true;
            Duration wait = settings.gapBackoff().after(gaps.looks(), random);
            waits.after(wait, () -> offer(new Incoming.LookForGaps()));
        }
    }

    /** Compares the recent past, but for the last two bars, with what REST says now. */
    private void recheckRecent() throws InterruptedException {
        Instant to = next.minus(Minutes.BAR.multipliedBy(2));
        Instant from = to.minus(Minutes.BAR.multipliedBy(settings.recheckBars()));
        try {
            recordRepair(different(rest.candles(symbol, from, to)));
        } catch (ExchangeUnavailableException e) {
            log.warn("{}: recent bars could not be compared: {}", symbol, e.getMessage());
        }
    }

    /** Looks for bars that are not recorded though later ones are, as a kill between gap and repair leaves them. */
    private void search(Instant from, Instant to) throws InterruptedException {
        if (!from.isBefore(to)) {
            return;
        }
        for (Minutes part : new Minutes(from, to.minus(Minutes.BAR)).byDay()) {
            List<Candle> found = fetch(part);
            recordRepair(found);
            for (Minutes missing : part.without(found)) {
                recorder.reportGap(missing, exchangeTime.now());
                gaps.add(List.of(missing), waits.nanoTime());
            }
        }
        lookLater();
    }

    private List<Candle> different(List<Candle> bars) {
        return bars.stream()
                .filter(bar -> !bar.equals(recent.at(bar.openTime())))
                .toList();
    }

    private void recordRepair(List<Candle> bars) throws InterruptedException {
        recorder.record(CandleSource.REPAIR, bars, exchangeTime.now());
        for (Candle bar : bars) {
            recent.add(bar);
            gaps.filled(bar);
        }
    }

    /** Waits until commands work again and fetches everything since the last acknowledged bar. */
    private void recover(RuntimeException failure) throws InterruptedException {
        status.state(FeedState.RECOVERING);
        RuntimeException last = failure;
        for (int failures = 1; ; failures++) {
            status.problem(last.getMessage());
            Duration wait = settings.commandBackoff().after(failures, random);
            log.error("{}: {}; everything since {} will be fetched again", symbol, last.getMessage(), acknowledged);
            waits.pause(wait);
            queue.clear();
            lookingForGaps = false;
            overflowed = false;
            pending.clear();
            pendingReceivedAt = Instant.EPOCH;
            recent.forgetFrom(acknowledged);
            next = acknowledged;
            try {
                catchUp(exchangeTime.surelyPassed());
                lookLater();
                status.problem(null);
                status.state(FeedState.LIVE);
                log.info("{}: recording again", symbol);
                return;
            } catch (CommandFailedException e) {
                last = e;
            }
        }
    }

    private List<Candle> fetch(Minutes minutes) throws InterruptedException {
        return rest.candles(symbol, minutes.from(), minutes.to().plus(Minutes.BAR));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
