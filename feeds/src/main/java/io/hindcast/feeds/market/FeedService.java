package io.hindcast.feeds.market;

import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.ExchangeUnavailableException;
import io.hindcast.feeds.binance.KlineEvent;
import io.hindcast.feeds.binance.KlineStream;
import io.hindcast.feeds.binance.Patience;
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
 * Follows every market of the plan, from start to stop. Starting fails at once, with one line for a person, if nothing
 * answers at the exchange's address; everything else runs in the background, each symbol by itself, and shows in
 * {@link FeedStatus} and the outages. A {@link GoLiveHook} is called along the way.
 */
public final class FeedService implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FeedService.class);

    private static final Duration MEASURE_TIME_EVERY = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(4);
    private static final String REMEDY = "It is tried again by itself; if it goes on, restart this process.";

    private final FeedPlan plan;
    private final FeedContext context;
    private final KlineStream.Settings streamSettings;
    private final FeedStatus status;
    private final GoLiveHook hook;

    private final Map<Symbol, MarketFeed> feeds = new LinkedHashMap<>();
    private final List<SupervisedLoop> loops = new ArrayList<>();
    private @Nullable KlineStream stream;
    private volatile boolean running;

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
            throw new IllegalStateException("interrupted while the exchange was asked for", e);
        }
        running = true;
        GoLiveBarrier clock = new GoLiveBarrier(
                plan.markets().stream().map(FeedPlan.Market::symbol).toList(), this::goLive);
        for (FeedPlan.Market market : plan.markets()) {
            feeds.put(market.symbol(), new MarketFeed(plan, market, context, status.add(market.symbol()), clock));
        }
        begin(new SupervisedLoop("start of the feeds", REMEDY, context.loop(), new Beginning()));
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
        long until = System.nanoTime() + STOP.toNanos();
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

    /** Last to start and first to stop: everything a bar sets in motion is there before. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 100;
    }

    public FeedStatus status() {
        return status;
    }

    private synchronized void begin(SupervisedLoop loop) {
        if (running) {
            loops.add(loop);
            loop.start();
        }
    }

    /** Begins to follow, and from then on keeps the exchange's clock measured. */
    private final class Beginning implements SupervisedLoop.Turn {

        private boolean done;

        @Override
        public void run() throws InterruptedException {
            if (!done) {
                awaitExchange();
                List<Instant> goOn = new ArrayList<>();
                for (MarketFeed feed : feeds.values()) {
                    feed.findHeld().ifPresent(goOn::add);
                }
                hook.beforeStreams(goOn);
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
                        new Dispatch())
                .start();
        for (MarketFeed feed : feeds.values()) {
            begin(new SupervisedLoop(SymbolFeedReporter.partOf(feed.symbol()), REMEDY, context.loop(), feed::turn));
            repeat(context.settings().checks().stall(), feed.follower()::checkStall);
            repeat(context.settings().checks().recheckEvery(), feed.follower()::recheck);
        }
    }

    /** Waits until the exchange says what time it is, without which no bar is known to be closed. */
    private void awaitExchange() throws InterruptedException {
        String part = "exchange " + context.rest().host();
        for (int failures = 1; ; failures++) {
            try {
                context.rest().measureTime(Patience.LIVE);
                context.outages().over(part);
                return;
            } catch (ExchangeUnavailableException e) {
                Duration wait = context.outageWait(failures, e.notBefore());
                log.error("Nothing can be followed: {}; trying again in {} s", e.getMessage(), wait.toSeconds());
                context.outages().down(part, "Nothing can be followed: " + e.getMessage(), e.remedy());
                context.waits().pause(wait);
            }
        }
    }

    private void goLive() {
        for (int i = 0; i < 500; i++) {
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
                context.waits().pause(Duration.ofMillis(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        log.warn("The stream of the exchange is not up yet; the feed goes live all the same");
        hook.live();
    }

    private void measureTime() throws InterruptedException {
        try {
            context.rest().measureTime(Patience.LIVE);
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

    private final class Dispatch implements KlineStream.Listener {

        @Override
        public void begun() {
            feeds.values().forEach(feed -> feed.follower().begun());
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
