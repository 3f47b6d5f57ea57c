package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.ServerTime;
import io.hindcast.feeds.binance.UnknownSymbolException;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fetches closed bars that the stream should have delivered. While there are none it asks less and less often and
 * checks whether the symbol is traded at all. Used by the thread of the symbol's live follower only.
 */
final class OverdueBars {

    /** Market time after its close at which a bar that the stream did not deliver is overdue. */
    private static final Duration OVERDUE_AFTER = Duration.ofSeconds(30);

    private final FollowPosition position;
    private final GapRepair repair;
    private final RepairFetcher fetcher;
    private final TradingCheck trading;
    private final FeedContext context;
    private final SymbolFeedReporter status;
    private final Consumer<Instant> fetchAgain;
    private final ServerTime exchangeTime;
    private final WallTimer waits;

    private boolean fetchScheduled;
    /** Fetches in a row that found none of the overdue bars. */
    private int emptyFetches;

    private long lastEmptyNanos;
    private Duration wait = Duration.ZERO;

    /**
     * Creates a fetcher that is idle.
     *
     * @param fetchAgain has {@link #fetch} called with this time, soon and on the follower's thread; must not block
     */
    OverdueBars(
            FollowPosition position,
            GapRepair repair,
            RepairFetcher fetcher,
            TradingCheck trading,
            FeedContext context,
            SymbolFeedReporter status,
            Consumer<Instant> fetchAgain) {
        this.position = position;
        this.repair = repair;
        this.fetcher = fetcher;
        this.trading = trading;
        this.context = context;
        this.status = status;
        this.fetchAgain = fetchAgain;
        this.exchangeTime = context.rest().serverTime();
        this.waits = context.waits();
    }

    /** Notes that the stream delivered a bar. */
    void streamDelivers() {
        emptyFetches = 0;
    }

    /** Returns whether the last fetch found none of the overdue bars. */
    boolean noneFound() {
        return emptyFetches > 0;
    }

    /** Forgets a scheduled fetch, which was dropped or is running now. */
    void unschedule() {
        fetchScheduled = false;
    }

    /**
     * Fetches and records the bars that closed by {@code until} and were not received. Those that the exchange does not
     * have yet are not a gap yet.
     *
     * @return whether the exchange answered; if not, the fetch is repeated later
     */
    boolean fetch(Instant until) throws InterruptedException {
        Instant end = until.truncatedTo(ChronoUnit.MINUTES);
        if (!position.next().isBefore(end)) {
            return true;
        }
        for (MinuteRange part : new MinuteRange(position.next(), end.minus(MinuteRange.BAR)).byDay()) {
            List<Candle> found;
            try {
                found = fetcher.fetch(part);
            } catch (ExchangeUnavailableException e) {
                if (!fetchScheduled) {
                    fetchScheduled = true;
                    waits.after(fetcher.waitAfterFailure(), () -> fetchAgain.accept(until));
                }
                return e instanceof UnknownSymbolException;
            }
            if (!found.isEmpty()) {
                MinuteRange missing =
                        new MinuteRange(position.next(), found.getLast().openTime());
                repair.repairWith(missing, found);
                position.recordedUpTo(missing.end());
            }
        }
        return true;
    }

    /** Fetches overdue bars, unless it is too soon after a fetch that found none. */
    void check() throws InterruptedException {
        Instant until = exchangeTime.earliest().minus(OVERDUE_AFTER).truncatedTo(ChronoUnit.MINUTES);
        Instant before = position.next();
        if (!before.isBefore(until) || (noneFound() && waits.nanoTime() - lastEmptyNanos < wait.toNanos())) {
            return;
        }
        boolean answered = fetch(until);
        if (position.next().isAfter(before)) {
            emptyFetches = 0;
            status.live();
            return;
        }
        emptyFetches++;
        lastEmptyNanos = waits.nanoTime();
        wait = context.outageWait(emptyFetches, Duration.ZERO);
        if (answered) {
            checkTrading();
        }
    }

    private void checkTrading() throws InterruptedException {
        try {
            if (!trading.trades()) {
                trading.reportSuspended();
            } else if (status.state() == FeedState.SUSPENDED) {
                status.live();
            }
        } catch (ExchangeUnavailableException e) {
            status.repairFails(e);
        }
    }
}
