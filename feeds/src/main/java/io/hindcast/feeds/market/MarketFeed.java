package io.hindcast.feeds.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.RequestPurpose;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feed of one symbol: {@link MarketStart} until the market is live, then {@link LiveFollower}. Failures are reported
 * and followed by another attempt; only a refusal of the market as such ends the feed.
 */
final class MarketFeed {

    private static final Logger log = LoggerFactory.getLogger(MarketFeed.class);
    private static final String RECORDING_REMEDY =
            "Nothing is lost: it is retried, and the missed bars are fetched. If it lasts, check the database.";

    private final Symbol symbol;
    private final FeedContext context;
    private final SymbolFeedReporter status;
    private final GoLiveBarrier barrier;
    private final MarketStart start;
    private final LiveFollower follower;
    private boolean following;
    private boolean refused;
    private int failures;

    MarketFeed(
            FeedPlan plan,
            FeedPlan.Market market,
            FeedContext context,
            SymbolFeedReporter status,
            GoLiveBarrier barrier) {
        this.symbol = market.symbol();
        this.context = context;
        this.status = status;
        this.barrier = barrier;
        TradingCheck trading = new TradingCheck(symbol, context.rest(), status);
        CommandSender commands = new CommandSender(
                symbol, context.bus(), context.settings().commands(), context.waits(), context.random(), status);
        CandleRecorder recorder = new CandleRecorder(symbol, context.bus(), commands, status);
        this.start = new MarketStart(plan, market, context, status, barrier, trading, commands, recorder);
        this.follower = new LiveFollower(
                symbol, recorder, PastCandleSource.of(context.rest(), RequestPurpose.LIVE), trading, context, status);
    }

    Symbol symbol() {
        return symbol;
    }

    LiveFollower follower() {
        return follower;
    }

    /**
     * Reads the market's state from the log; called once, before the first turn.
     *
     * @return open time of the bar with which the market continues, empty if it was never live or is refused
     */
    Optional<Instant> findHeld() throws InterruptedException {
        try {
            return start.findHeld();
        } catch (RefusedException e) {
            refuse(e);
            return Optional.empty();
        }
    }

    /**
     * Goes live in the first turn, records the bars of the stream in later ones. Called in a loop that reports an
     * exception and calls again.
     */
    void turn() throws InterruptedException {
        if (refused) {
            new CountDownLatch(1).await(); // until the feed is stopped
        }
        try {
            if (!following) {
                MarketStart.Position position = start.goLive();
                follower.begin(position.next(), position.searchFrom());
                following = true;
                barrier.live(symbol);
            }
            follower.turn();
            failures = 0;
        } catch (CommandFailedException e) {
            status.state(FeedState.RECOVERING);
            status.down(symbol + " is not recorded: " + e.getMessage(), RECORDING_REMEDY);
            log.error("{}: {}; the bars that were not recorded will be fetched again", symbol, e.getMessage());
            follower.fetchAnew();
            context.waits()
                    .pause(context.settings().commands().retries().backoff().after(++failures, context.random()));
        } catch (RefusedException e) {
            if (following) {
                failed(e);
                throw e;
            }
            refuse(e);
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e;
        }
    }

    private void failed(Throwable e) {
        status.state(FeedState.RECOVERING);
        status.down(symbol + " is not followed: " + e, RECORDING_REMEDY);
        follower.fetchAnew();
    }

    /** Ends the feed, since this market may never be followed with this log. */
    private void refuse(RefusedException e) {
        log.error("{} cannot be followed: {}", symbol, e.getMessage());
        refused = true;
        status.state(FeedState.FAILED);
        status.down(
                symbol + " cannot be followed: " + e.getMessage(),
                "Start again with the market that this log was begun with, or with another data folder.");
        follower.end();
        barrier.outOfService(symbol);
    }
}
