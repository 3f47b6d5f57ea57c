package io.hindcast.feeds.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindMarketCoverage;
import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketCoverage;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.Patience;
import io.hindcast.feeds.binance.UnknownSymbolException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One symbol's way: find out what the log holds, open the market once it is traded, import its history, go live,
 * follow. Every step may be repeated after a kill and after whatever failed; only a refusal of the market as such ends
 * the way.
 */
final class MarketFeed {

    private static final Logger log = LoggerFactory.getLogger(MarketFeed.class);
    private static final Duration OTHER_HISTORY = Duration.ofMinutes(10);
    private static final String RECORDING_REMEDY =
            "Nothing is lost: it is tried again by itself, and what was missed is fetched. If it lasts, look at the database.";

    private final FeedPlan plan;
    private final FeedPlan.Market market;
    private final Symbol symbol;
    private final FeedContext context;
    private final SymbolFeedReporter status;
    private final GoLiveBarrier clock;
    private final TradingCheck trading;
    private final CandleRecorder recorder;
    private final LiveFollower follower;
    private MarketCoverage held;
    private boolean following;
    private boolean refused;
    private int failures;

    MarketFeed(
            FeedPlan plan,
            FeedPlan.Market market,
            FeedContext context,
            SymbolFeedReporter status,
            GoLiveBarrier clock) {
        this.plan = plan;
        this.market = market;
        this.symbol = market.symbol();
        this.context = context;
        this.status = status;
        this.clock = clock;
        this.trading = new TradingCheck(symbol, context.rest(), status);
        this.recorder = new CandleRecorder(
                symbol, context.bus(), context.settings(), context.waits(), context.random(), status);
        this.follower = new LiveFollower(
                symbol, recorder, PastCandleSource.of(context.rest(), Patience.LIVE), trading, context, status);
        this.held = new MarketCoverage(symbol, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Symbol symbol() {
        return symbol;
    }

    LiveFollower follower() {
        return follower;
    }

    /**
     * Finds out what the log holds, for as long as that takes, and checks that a market held is the one of the plan. A
     * read model is not asked, since it may be empty or behind while it is built anew.
     *
     * @return open time of the bar with which the market goes on, empty if it was never live or may not go on
     */
    Optional<Instant> findHeld() throws InterruptedException {
        status.state(FeedState.OPENING);
        Instant live = liveFrom();
        FindMarketCoverage query = new FindMarketCoverage(
                symbol,
                MinuteRange.dayOf(historyFrom(live)),
                MinuteRange.dayOf(live),
                context.settings().gaps().lookBackDays());
        held = patiently("what the log holds of " + symbol + " cannot be found out", () -> ask(query));
        held.lastOpenTime().ifPresent(status::last);
        if (held.opened()) {
            try {
                open();
            } catch (RefusedException e) {
                refuse(e);
                return Optional.empty();
            }
        }
        return held.liveFrom().map(this::goesOn);
    }

    private MarketCoverage ask(FindMarketCoverage query) throws InterruptedException {
        Throwable failure;
        try {
            return context.bus()
                    .find(query)
                    .get(context.settings().commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            failure = e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException | RuntimeException e) {
            failure = e;
        }
        String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        throw new CommandFailedException(why, failure);
    }

    /** Makes the next step: all that comes before following at first, then whatever the stream brought. */
    void turn() throws InterruptedException {
        if (refused) {
            new CountDownLatch(1).await(); // until the feed is stopped
        }
        try {
            if (!following) {
                prepare();
                following = true;
                clock.live(symbol);
            }
            follower.turn();
            failures = 0;
        } catch (CommandFailedException e) {
            status.state(FeedState.RECOVERING);
            status.down(symbol + " is not recorded: " + e.getMessage(), RECORDING_REMEDY);
            log.error("{}: {}; what was not recorded will be fetched again", symbol, e.getMessage());
            follower.fetchAnew();
            context.waits().pause(context.settings().commandBackoff().after(++failures, context.random()));
        } catch (RefusedException e) {
            if (following) {
                failed(e);
                throw e;
            }
            refuse(e);
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e; // reported and tried again by the loop
        }
    }

    private void failed(Throwable e) {
        status.state(FeedState.RECOVERING);
        status.down(symbol + " is not followed: " + e, RECORDING_REMEDY);
        follower.fetchAnew();
    }

    /** This market may not be followed with this log, which no waiting changes. */
    private void refuse(RefusedException e) {
        log.error("{} cannot be followed: {}", symbol, e.getMessage());
        refused = true;
        status.state(FeedState.FAILED);
        status.down(
                symbol + " cannot be followed: " + e.getMessage(),
                "Start again with the market that this log was begun with, or with another data folder.");
        follower.end();
        clock.out(symbol);
    }

    private void prepare() throws InterruptedException {
        Optional<Instant> wentLive = held.liveFrom();
        Instant next = wentLive.isPresent() ? goesOn(wentLive.get()) : begin();
        if (wentLive.isPresent()) {
            awaitOtherHistory();
        }
        if (wentLive.isEmpty() || mayTrade()) {
            status.works();
            status.state(FeedState.LIVE);
        }
        log.info("{} is live from {}", symbol, next);
        follower.begin(next, held.missingFrom().filter(next::isAfter).orElse(next));
    }

    /** Whether a market that was live before may be followed at once; the follower looks again if it is not. */
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

    /** Opens the market and imports its history once there is any; then it goes live. */
    private Instant begin() throws InterruptedException {
        for (int looks = 1; ; looks++) {
            awaitTrading();
            open();
            Instant live = liveFrom();
            try {
                if (importHistory(live) > 0
                        || held.lastOpenTime().isPresent()
                        || !historyFrom(live).isBefore(live)) {
                    awaitOtherHistory();
                    patiently(symbol + " cannot go live", () -> {
                        recorder.require(new GoLive(symbol, live));
                        return live;
                    });
                    return live;
                }
                status.state(FeedState.SUSPENDED);
                status.down(
                        symbol + " is not followed: " + context.rest().host() + " has no bars of it before " + live,
                        "Nothing has to be done: it is asked again, ever more slowly, and the symbol is followed as soon as"
                                + " there is a bar.");
            } catch (UnknownSymbolException e) {
                log.warn("{}: {}", symbol, e.getMessage());
            }
            clock.out(symbol);
            context.waits().pause(context.outageWait(looks, Duration.ZERO));
        }
    }

    private void awaitTrading() throws InterruptedException {
        for (int looks = 1; !patiently(symbol + " is not followed", trading::trades); looks++) {
            trading.reportSuspended();
            clock.out(symbol);
            context.waits().pause(context.outageWait(looks, Duration.ZERO));
        }
        status.works();
    }

    private void open() throws InterruptedException {
        patiently(symbol + " cannot be opened", () -> {
            recorder.require(new OpenMarket(symbol, Interval.ONE_MINUTE, market.origin(), market.description()));
            return true;
        });
    }

    private Instant liveFrom() {
        return plan.liveFrom()
                .orElseGet(() -> context.rest().serverTime().earliest().truncatedTo(ChronoUnit.MINUTES));
    }

    private Instant historyFrom(Instant live) {
        return plan.from().orElse(live.minus(Duration.ofDays(plan.historyDays())));
    }

    private Instant goesOn(Instant wentLive) {
        return held.lastOpenTime()
                .map(open -> open.plus(MinuteRange.BAR))
                .filter(open -> open.isAfter(wentLive))
                .orElse(wentLive);
    }

    /** After a restart, too: a simulated clock would go on before those who play beside it are where they were. */
    private void awaitOtherHistory() throws InterruptedException {
        if (!context.goLivePrerequisite().await(OTHER_HISTORY)) {
            log.warn("{} goes live without all of the news before", symbol);
        }
    }

    /** @return how many bars there were */
    private long importHistory(Instant live) throws InterruptedException {
        Instant from = importFrom(historyFrom(live));
        if (!from.isBefore(live)) {
            return 0;
        }
        PastCandleSource direct = plan.direct().get(symbol);
        HistoryImport work = new HistoryImport(
                symbol,
                direct == null ? PastCandleSource.of(context.rest(), Patience.IMPORT) : direct,
                recorder,
                context.rest().serverTime()::now,
                context.settings().daysInFlight(),
                context.progress());
        long started = context.waits().nanoTime();
        long bars = patiently("the history of " + symbol + " cannot be imported", () -> {
            status.state(FeedState.IMPORTING);
            return work.run(from, live);
        });
        double seconds = (context.waits().nanoTime() - started) / 1e9;
        log.info(
                "Imported {} candles of {} in {} s ({} a second)",
                bars,
                symbol,
                Math.round(seconds * 10) / 10.0,
                Math.round(bars / Math.max(seconds, 0.001)));
        return bars;
    }

    /** Where an import goes on: the days that may have been in flight when the last one ended are done again. */
    private Instant importFrom(Instant historyFrom) {
        return held.lastOpenTime()
                .map(last -> last.truncatedTo(ChronoUnit.DAYS)
                        .minus(Duration.ofDays(context.settings().daysInFlight())))
                .filter(from -> from.isAfter(historyFrom))
                .orElse(historyFrom);
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    /**
     * Repeats what fails because something else is down, with growing waits, for as long as it takes; refusals and an
     * unknown symbol are the caller's.
     *
     * @param problem what cannot be done meanwhile, the symbol in it
     */
    private <T> T patiently(String problem, Work<T> work) throws InterruptedException {
        for (int failed = 1; ; failed++) {
            Duration wait;
            try {
                T done = work.run();
                if (failed > 1) {
                    status.works();
                }
                return done;
            } catch (UnknownSymbolException e) {
                throw e;
            } catch (ExchangeUnavailableException e) {
                wait = context.outageWait(failed, e.notBefore());
                status.down(sentence(problem) + ": " + e.getMessage(), e.remedy());
                log.error("{}: {}; trying again in {} s", problem, e.getMessage(), wait.toSeconds());
            } catch (CommandFailedException e) {
                wait = context.settings().commandBackoff().after(failed, context.random());
                status.down(
                        sentence(problem) + ": " + e.getMessage(),
                        "It waits as long as needed and goes on by itself as soon as the database answers, and a process with the"
                                + " role command.");
                log.error("{}: {}; trying again", problem, e.getMessage());
            }
            status.state(FeedState.RECOVERING);
            context.waits().pause(wait);
        }
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
