package io.hindcast.feeds.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindMarketCoverage;
import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketCoverage;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.RequestPurpose;
import io.hindcast.feeds.binance.UnknownSymbolException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Start of one symbol's feed: reads the state in the log, opens the market once it is traded, imports its history and
 * goes live. Every step may be repeated after a kill and after any failure. Each method is called on one thread at a
 * time.
 */
final class MarketStart {

    private static final Logger log = LoggerFactory.getLogger(MarketStart.class);
    private static final Duration PREREQUISITE_LIMIT = Duration.ofMinutes(10);

    private final FeedPlan plan;
    private final FeedPlan.Market market;
    private final Symbol symbol;
    private final FeedContext context;
    private final SymbolFeedReporter status;
    private final GoLiveBarrier barrier;
    private final TradingCheck trading;
    private final CommandSender commands;
    private final CandleRecorder recorder;
    private final OutageRetry retry;
    private MarketCoverage held;

    MarketStart(
            FeedPlan plan,
            FeedPlan.Market market,
            FeedContext context,
            SymbolFeedReporter status,
            GoLiveBarrier barrier,
            TradingCheck trading,
            CommandSender commands,
            CandleRecorder recorder) {
        this.plan = plan;
        this.market = market;
        this.symbol = market.symbol();
        this.context = context;
        this.status = status;
        this.barrier = barrier;
        this.trading = trading;
        this.commands = commands;
        this.recorder = recorder;
        this.retry = new OutageRetry(context, status);
        this.held = new MarketCoverage(symbol, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Position at which following begins.
     *
     * @param next open time of the first bar that is not recorded yet
     * @param searchFrom start of the past that may have gaps, equal to {@code next} if there are none
     */
    record Position(Instant next, Instant searchFrom) {}

    /**
     * Reads the market's state from the log, for as long as that takes, and checks that a market held is the one of the
     * plan. A read model is not asked, since it may be empty or behind during a rebuild.
     *
     * @return open time of the bar with which the market continues, empty if it was never live
     * @throws RefusedException if the log holds another market of this symbol
     */
    Optional<Instant> findHeld() throws InterruptedException {
        status.state(FeedState.OPENING);
        Instant live = liveFrom();
        FindMarketCoverage query = new FindMarketCoverage(
                symbol,
                UtcDay.of(historyFrom(live)),
                UtcDay.of(live),
                context.settings().gaps().lookBackDays());
        held = retry.run("what the log holds of " + symbol + " cannot be read", () -> ask(query));
        held.lastOpenTime().ifPresent(status::last);
        if (held.opened()) {
            open(live);
        }
        return held.liveFrom().map(this::continueAt);
    }

    private MarketCoverage ask(FindMarketCoverage query) throws InterruptedException {
        Throwable failure;
        try {
            return context.bus()
                    .find(query)
                    .get(context.settings().commands().timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            failure = e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException | RuntimeException e) {
            failure = e;
        }
        throw new CommandFailedException(CommandFailedException.reason(failure), failure);
    }

    /**
     * Does everything that comes before following, for as long as it takes.
     *
     * @throws RefusedException if the market may not be followed with this log
     */
    Position goLive() throws InterruptedException {
        Instant next;
        Optional<Instant> wentLive = held.liveFrom();
        if (wentLive.isPresent()) {
            next = continueAt(wentLive.get());
            // A simulated clock must not run before the news played at it has caught up.
            awaitPrerequisite();
        } else {
            next = firstStart();
        }
        if (wentLive.isEmpty() || mayTrade()) {
            status.live();
        }
        log.info("{} is live from {}", symbol, next);
        return new Position(next, held.missingFrom().filter(next::isAfter).orElse(next));
    }

    /** Returns whether a market that was live before is traded; if not, the follower checks again. */
    private boolean mayTrade() throws InterruptedException {
        try {
            if (!trading.trades()) {
                trading.reportSuspended();
                return false;
            }
        } catch (ExchangeUnavailableException e) {
            log.warn("{}: {}", symbol, e.getMessage());
        }
        return true;
    }

    /** Opens the market, imports its history once there is any, and goes live. */
    private Instant firstStart() throws InterruptedException {
        for (int checks = 1; ; checks++) {
            awaitTrading();
            Instant live = liveFrom();
            open(live);
            try {
                if (importHistory(live) > 0
                        || held.lastOpenTime().isPresent()
                        || !historyFrom(live).isBefore(live)) {
                    awaitPrerequisite();
                    send(symbol + " cannot go live", new GoLive(symbol, live));
                    return live;
                }
                status.state(FeedState.SUSPENDED);
                status.down(
                        symbol + " is not followed: " + context.rest().host() + " has no bars of it before " + live,
                        "Nothing has to be done: the check is repeated less and less often, and the symbol is followed as"
                                + " soon as there is a bar.");
            } catch (UnknownSymbolException e) {
                log.warn("{}: {}", symbol, e.getMessage());
            }
            barrier.outOfService(symbol);
            context.waits().pause(context.outageWait(checks, Duration.ZERO));
        }
    }

    private void awaitTrading() throws InterruptedException {
        for (int checks = 1; !retry.run(symbol + " is not followed", trading::trades); checks++) {
            trading.reportSuspended();
            barrier.outOfService(symbol);
            context.waits().pause(context.outageWait(checks, Duration.ZERO));
        }
        status.works();
    }

    private void open(Instant at) throws InterruptedException {
        send(
                symbol + " cannot be opened",
                new OpenMarket(symbol, Interval.ONE_MINUTE, market.origin(), market.description(), at));
    }

    private void send(String problem, Object command) throws InterruptedException {
        var _ = retry.run(problem, () -> {
            commands.send(command);
            return command;
        });
    }

    private Instant liveFrom() {
        return plan.liveFrom()
                .orElseGet(() -> context.rest().serverTime().earliest().truncatedTo(ChronoUnit.MINUTES));
    }

    private Instant historyFrom(Instant live) {
        return plan.from().orElse(live.minus(Duration.ofDays(plan.historyDays())));
    }

    private Instant continueAt(Instant wentLive) {
        return held.lastOpenTime()
                .map(open -> open.plus(MinuteRange.BAR))
                .filter(open -> open.isAfter(wentLive))
                .orElse(wentLive);
    }

    private void awaitPrerequisite() throws InterruptedException {
        if (!context.prerequisite().await(PREREQUISITE_LIMIT)) {
            log.warn("{} goes live before all earlier news is recorded", symbol);
        }
    }

    /** Imports the history before {@code live} and returns how many bars the exchange had. */
    private long importHistory(Instant live) throws InterruptedException {
        Instant from = importFrom(historyFrom(live));
        if (!from.isBefore(live)) {
            return 0;
        }
        PastCandleSource direct = plan.directSources().get(symbol);
        HistoryImport work = new HistoryImport(
                symbol,
                direct == null ? PastCandleSource.of(context.rest(), RequestPurpose.IMPORT) : direct,
                recorder,
                context.rest().serverTime()::now,
                context.settings().daysInFlight(),
                context.progress());
        long started = context.waits().nanoTime();
        long bars = retry.run("the history of " + symbol + " cannot be imported", () -> {
            status.state(FeedState.IMPORTING);
            return work.run(from, live);
        });
        double seconds = (context.waits().nanoTime() - started) / 1e9;
        log.info(
                "Imported {} candles of {} in {} s ({} per second)",
                bars,
                symbol,
                Math.round(seconds * 10) / 10.0,
                Math.round(bars / Math.max(seconds, 0.001)));
        return bars;
    }

    /** Returns where an import continues: the days that may have been in flight at a kill are imported again. */
    private Instant importFrom(Instant historyFrom) {
        return held.lastOpenTime()
                .map(last -> last.truncatedTo(ChronoUnit.DAYS)
                        .minus(Duration.ofDays(context.settings().daysInFlight())))
                .filter(from -> from.isAfter(historyFrom))
                .orElse(historyFrom);
    }
}
