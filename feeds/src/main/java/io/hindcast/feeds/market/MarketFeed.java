package io.hindcast.feeds.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.GoLive;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.ServerTime;
import io.hindcast.runtime.Waits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One symbol's way: open the market, import its history, go live, follow. Every step may be repeated after a kill. */
final class MarketFeed implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(MarketFeed.class);
    private static final Duration OTHER_HISTORY = Duration.ofMinutes(10);

    private final FeedPlan.Market market;
    private final Optional<MarketView> held;
    private final Instant historyFrom;
    private final Instant liveFrom;
    private final CandleSupply history;
    private final Recorder recorder;
    private final LiveFollower follower;
    private final ServerTime exchangeTime;
    private final FeedSettings settings;
    private final Waits waits;
    private final RandomGenerator random;
    private final ProgressReporter progress;
    private final SymbolFeedStatus status;
    private final OtherHistory otherHistory;
    private final Runnable whenLive;

    /**
     * @param held what is known of the market already
     * @param historyFrom open time of the first bar of history
     * @param liveFrom open time of the first bar that is not history, if the market was never live
     * @param whenLive run once history is complete, before following
     */
    MarketFeed(
            FeedPlan.Market market,
            Optional<MarketView> held,
            Instant historyFrom,
            Instant liveFrom,
            CandleSupply history,
            Recorder recorder,
            LiveFollower follower,
            ServerTime exchangeTime,
            FeedSettings settings,
            Waits waits,
            RandomGenerator random,
            ProgressReporter progress,
            SymbolFeedStatus status,
            OtherHistory otherHistory,
            Runnable whenLive) {
        this.market = market;
        this.held = held;
        this.historyFrom = historyFrom;
        this.liveFrom = liveFrom;
        this.history = history;
        this.recorder = recorder;
        this.follower = follower;
        this.exchangeTime = exchangeTime;
        this.settings = settings;
        this.waits = waits;
        this.random = random;
        this.progress = progress;
        this.status = status;
        this.otherHistory = otherHistory;
        this.whenLive = whenLive;
    }

    @Override
    public void run() {
        try {
            Symbol symbol = market.symbol();
            status.state(FeedState.OPENING);
            patiently(() -> {
                recorder.require(new OpenMarket(symbol, Interval.ONE_MINUTE, market.origin(), market.description()));
                return true;
            });
            held.flatMap(MarketView::lastOpenTime).ifPresent(status::last);
            Optional<Instant> wentLive = held.flatMap(MarketView::liveFrom);
            Instant next;
            Instant searchFrom;
            if (wentLive.isPresent()) {
                Optional<Instant> last = held.flatMap(MarketView::lastOpenTime);
                next = last.map(open -> open.plus(Minutes.BAR))
                        .filter(open -> open.isAfter(wentLive.get()))
                        .orElse(wentLive.get());
                searchFrom = mayHaveHoles(held.get()) ? searchFrom(held.get(), next) : next;
                awaitOtherHistory();
            } else {
                importHistory();
                awaitOtherHistory();
                patiently(() -> {
                    recorder.require(new GoLive(symbol, liveFrom));
                    return true;
                });
                next = liveFrom;
                searchFrom = liveFrom;
            }
            log.info("{} is live from {}", symbol, next);
            status.problem(null);
            status.state(FeedState.LIVE);
            whenLive.run();
            follower.run(next, searchFrom);
        } catch (InterruptedException e) {
            status.state(FeedState.STOPPED);
        } catch (RuntimeException e) {
            log.error(
                    "{} cannot be followed: {}",
                    market.symbol(),
                    e.getMessage(),
                    e instanceof RefusedException ? null : e);
            status.problem(e.getMessage());
            status.state(FeedState.FAILED);
        }
    }

    /** After a restart, too: a simulated clock would go on before those who play beside it are where they were. */
    private void awaitOtherHistory() throws InterruptedException {
        if (!otherHistory.await(OTHER_HISTORY)) {
            log.warn("{} goes live without all of the news before", market.symbol());
        }
    }

    private void importHistory() throws InterruptedException {
        status.state(FeedState.IMPORTING);
        Instant[] from = {importFrom()};
        if (!from[0].isBefore(liveFrom)) {
            return;
        }
        HistoryImport work = new HistoryImport(
                market.symbol(), history, recorder, exchangeTime::now, settings.daysInFlight(), progress);
        long started = waits.nanoTime();
        long bars = patiently(() -> {
            status.state(FeedState.IMPORTING);
            return work.run(from[0], liveFrom);
        });
        double seconds = (waits.nanoTime() - started) / 1e9;
        log.info(
                "Imported {} candles of {} in {} s ({} a second)",
                bars,
                market.symbol(),
                Math.round(seconds * 10) / 10.0,
                Math.round(bars / Math.max(seconds, 0.001)));
    }

    /** Where an import goes on: the days that may have been in flight when the last one ended are done again. */
    private Instant importFrom() {
        return held.flatMap(MarketView::lastOpenTime)
                .map(last -> last.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(settings.daysInFlight())))
                .filter(from -> from.isAfter(historyFrom))
                .orElse(historyFrom);
    }

    private boolean mayHaveHoles(MarketView view) {
        return view.firstOpenTime().isPresent()
                && view.lastOpenTime().isPresent()
                && view.candles()
                        < new Minutes(
                                        view.firstOpenTime().get(),
                                        view.lastOpenTime().get())
                                .count();
    }

    private Instant searchFrom(MarketView view, Instant next) {
        Instant back = Minutes.dayOf(next)
                .minusDays(settings.lookBackDays())
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return view.firstOpenTime().filter(first -> first.isAfter(back)).orElse(back);
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Repeats what fails because something else is down, with growing waits; refusals are final. */
    private <T> T patiently(Work<T> work) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return work.run();
            } catch (CommandFailedException | ExchangeUnavailableException e) {
                status.problem(e.getMessage());
                status.state(FeedState.RECOVERING);
                log.error("{}: {}; trying again", market.symbol(), e.getMessage());
                waits.pause(settings.commandBackoff().after(failures, random));
            }
        }
    }
}
