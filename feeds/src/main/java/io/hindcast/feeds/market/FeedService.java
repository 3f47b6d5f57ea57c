package io.hindcast.feeds.market;

import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.KlineEvent;
import io.hindcast.feeds.binance.KlineStream;
import io.hindcast.feeds.binance.RequestPurpose;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows every market of the plan from start to stop. Starting fails at once, with one line for a person, if nothing
 * answers at the exchange's address; everything else runs in the background, each symbol by itself, and is visible in
 * {@link FeedStatus} and the outages.
 */
public final class FeedService implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FeedService.class);

    private static final Duration MEASURE_TIME_EVERY = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(4);
    /** Waits for the stream before a market goes live without it: 10 seconds in all. */
    private static final int STREAM_CHECKS = 500;

    private static final Duration STREAM_CHECK_EVERY = Duration.ofMillis(20);
    private static final String REMEDY = "It is retried; if it lasts, restart this process.";

    private final FeedPlan plan;
    private final FeedContext context;
    private final KlineStream.Settings streamSettings;
    private final FeedStatus status;
    private final GoLiveHook hook;

    private final Map<Symbol, MarketFeed> feeds = new LinkedHashMap<>();
    private final List<SupervisedLoop> loops = new ArrayList<>();
    private @Nullable KlineStream stream;
    private volatile boolean running;

    /**
     * Creates a service that is not started.
     *
     * @param hook called as the feed goes live
     */
    public FeedService(
            FeedPlan plan,
            FeedContext context,
            KlineStream.Settings streamSettings,
            FeedStatus status,
            GoLiveHook hook) {
        this.plan = plan;
        this.context = context;
        this.streamSettings = streamSettings;
        this.status = status;
        this.hook = hook;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        try {
            context.rest().requireReachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the exchange was contacted", e);
        }
        running = true;
        GoLiveBarrier barrier = new GoLiveBarrier(
                plan.markets().stream().map(FeedPlan.Market::symbol).toList(), this::goLive);
        for (FeedPlan.Market market : plan.markets()) {
            feeds.put(market.symbol(), new MarketFeed(plan, market, context, status.add(market.symbol()), barrier));
        }
        run(new SupervisedLoop("start of the feeds", REMEDY, context.loop(), new StartUp()));
    }

    @Override
    public void stop() {
        List<SupervisedLoop> stopped;
        synchronized (this) {
            running = false;
            if (stream != null) {
                stream.close();
                stream = null;
            }
            stopped = List.copyOf(loops);
            loops.clear();
        }
        // Outside the lock, for which a loop may wait.
        long until = System.nanoTime() + STOP_LIMIT.toNanos();
        for (SupervisedLoop loop : stopped) {
            loop.stop(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
        synchronized (this) {
            feeds.clear();
            status.clear();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Last to start and first to stop: everything that handles a bar must run before the first one arrives. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 100;
    }

    /** Returns the feed's status. */
    public FeedStatus status() {
        return status;
    }

    private synchronized void run(SupervisedLoop loop) {
        if (running) {
            loops.add(loop);
            loop.start();
        }
    }

    /** Begins to follow the markets in the first turn; measures the exchange's clock in later ones. */
    private final class StartUp implements SupervisedLoop.Turn {

        private boolean done;

        @Override
        public void run() throws InterruptedException {
            if (!done) {
                awaitExchange();
                List<Instant> continueAt = new ArrayList<>();
                for (MarketFeed feed : feeds.values()) {
                    feed.findHeld().ifPresent(continueAt::add);
                }
                hook.beforeStreams(continueAt);
                follow();
                done = true;
            }
            context.waits().pause(MEASURE_TIME_EVERY);
            if (plan.liveFrom().isEmpty()) {
                measureTime();
            }
        }
    }

    private synchronized void follow() {
        if (!running) {
            return;
        }
        stream = new KlineStream(
                        streamSettings,
                        List.copyOf(feeds.keySet()),
                        context.wallClock(),
                        context.waits(),
                        context.random(),
                        status,
                        new Dispatcher())
                .start();
        FeedSettings.Checks checks = context.settings().checks();
        for (MarketFeed feed : feeds.values()) {
            run(new SupervisedLoop(SymbolFeedReporter.partOf(feed.symbol()), REMEDY, context.loop(), feed::turn));
            repeat(checks.stall(), feed.follower()::checkStall);
            repeat(checks.recheckEvery(), feed.follower()::recheck);
        }
    }

    /** Waits for the exchange's time, without which no bar is known to be closed. */
    private void awaitExchange() throws InterruptedException {
        String part = "exchange " + context.rest().host();
        for (int failures = 1; ; failures++) {
            try {
                context.rest().measureTime(RequestPurpose.LIVE);
                context.outages().over(part);
                return;
            } catch (ExchangeUnavailableException e) {
                Duration wait = context.outageWait(failures, e.notBefore());
                log.error("No market can be followed: {}; retrying in {} s", e.getMessage(), wait.toSeconds());
                context.outages().down(part, "No market can be followed: " + e.getMessage(), e.remedy());
                context.waits().pause(wait);
            }
        }
    }

    /** Waits for the stream and calls the hook. */
    private void goLive() {
        for (int i = 0; i < STREAM_CHECKS; i++) {
            synchronized (this) {
                if (!running) {
                    return;
                }
                if (stream != null && stream.connected() && hook.streaming()) {
                    hook.live();
                    return;
                }
            }
            try {
                context.waits().pause(STREAM_CHECK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        log.warn("The market stream is not up yet; the feed goes live without it");
        hook.live();
    }

    private void measureTime() throws InterruptedException {
        try {
            context.rest().measureTime(RequestPurpose.LIVE);
        } catch (ExchangeUnavailableException e) {
            log.warn("The exchange's clock could not be read: {}", e.getMessage());
        }
    }

    private void repeat(Duration every, Runnable action) {
        context.waits().after(every, () -> {
            if (running) {
                action.run();
                repeat(every, action);
            }
        });
    }

    /** Passes stream events to the follower of their symbol. */
    private final class Dispatcher implements KlineStream.Listener {

        @Override
        public void begun() {
            feeds.values().forEach(feed -> feed.follower().streamBegun());
        }

        @Override
        public void event(KlineEvent event) {
            MarketFeed feed = feeds.get(event.symbol());
            if (feed != null) {
                feed.follower().event(event);
            }
        }
    }
}
