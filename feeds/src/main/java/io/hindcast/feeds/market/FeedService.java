package io.hindcast.feeds.market;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.KlineEvent;
import io.hindcast.feeds.binance.KlineStream;
import io.hindcast.feeds.binance.Patience;
import io.hindcast.feeds.simulator.ExchangeSimulator;
import io.hindcast.runtime.Waits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows every market of the plan, from start to stop. Starting fails at once, with one line for a person, if the exchange cannot
 * be reached or does not trade a symbol; all else goes on in the background and shows in {@link FeedStatus}. With a simulator it
 * also sets the market's time: where the last run ended or where the market goes live, and lets it go when history is in.
 */
public final class FeedService implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FeedService.class);

    private static final int FIND_ATTEMPTS = 60;
    private static final Duration MEASURE_TIME_EVERY = Duration.ofMinutes(5);

    private final FeedPlan plan;
    private final FeedSettings settings;
    private final KlineStream.Settings streamSettings;
    private final BinanceRest rest;
    private final MarketBus bus;
    private final FeedStatus status;
    private final Waits waits;
    private final RandomGenerator random;
    private final ProgressReporter progress;
    private final @Nullable ExchangeSimulator simulator;
    private final OtherHistory otherHistory;

    private final Map<Symbol, LiveFollower> followers = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable KlineStream stream;
    private volatile boolean running;

    /** @param otherHistory what must be recorded, too, before a market goes live */
    public FeedService(
            FeedPlan plan,
            FeedSettings settings,
            KlineStream.Settings streamSettings,
            BinanceRest rest,
            MarketBus bus,
            FeedStatus status,
            Waits waits,
            RandomGenerator random,
            ProgressReporter progress,
            @Nullable ExchangeSimulator simulator,
            OtherHistory otherHistory) {
        this.plan = plan;
        this.settings = settings;
        this.streamSettings = streamSettings;
        this.rest = rest;
        this.bus = bus;
        this.status = status;
        this.waits = waits;
        this.random = random;
        this.progress = progress;
        this.simulator = simulator;
        this.otherHistory = otherHistory;
        if (simulator != null) {
            status.longestQuiet(Duration.ofMillis((long) Math.max(20_000, 4_000 / simulator.speed())));
            simulator.onFinished(status::finished);
        }
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        try {
            rest.requireReachable();
            for (FeedPlan.Market market : plan.markets()) {
                rest.requireTraded(market.symbol());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the exchange was asked for", e);
        }
        running = true;
        begin("feed", this::follow);
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (stream != null) {
            stream.close();
            stream = null;
        }
        threads.forEach(Thread::interrupt);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
        followers.clear();
        status.clear();
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

    private void follow() {
        try {
            Map<Symbol, Optional<MarketView>> held = new HashMap<>();
            for (FeedPlan.Market market : plan.markets()) {
                held.put(market.symbol(), find(market.symbol()));
            }
            positionSimulator(held);
            Instant now = rest.serverTime().surelyPassed().truncatedTo(ChronoUnit.MINUTES);
            Instant liveFrom = plan.liveFrom().orElse(now);
            Instant historyFrom = plan.from().orElse(liveFrom.minus(Duration.ofDays(plan.historyDays())));
            CountDownLatch live = new CountDownLatch(plan.markets().size());
            List<Runnable> feeds = new ArrayList<>();
            synchronized (this) {
                if (!running) {
                    return;
                }
                for (FeedPlan.Market market : plan.markets()) {
                    feeds.add(feed(
                            market, held.getOrDefault(market.symbol(), Optional.empty()), historyFrom, liveFrom, live));
                }
                stream = new KlineStream(
                                streamSettings, List.copyOf(followers.keySet()), waits, random, status, new Dispatch())
                        .start();
                for (int i = 0; i < feeds.size(); i++) {
                    begin("feed-" + plan.markets().get(i).symbol(), feeds.get(i));
                }
                followers.values().forEach(follower -> {
                    repeat(settings.stallCheck(), follower::checkStall);
                    repeat(settings.recheckEvery(), follower::recheck);
                });
                if (simulator == null) {
                    repeat(MEASURE_TIME_EVERY, () -> begin("feed-time", this::measureTime));
                }
            }
            live.await();
            if (simulator != null) {
                awaitStream();
                simulator.run();
                log.info(
                        "The market's clock runs from {} at {} candles a second",
                        simulator.instant(),
                        simulator.speed());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("The feed cannot start: {}", e.getMessage(), e instanceof RefusedException ? null : e);
            status.failed(String.valueOf(e.getMessage()));
        }
    }

    private MarketFeed feed(
            FeedPlan.Market market,
            Optional<MarketView> held,
            Instant historyFrom,
            Instant liveFrom,
            CountDownLatch live) {
        Symbol symbol = market.symbol();
        SymbolFeedStatus symbolStatus = status.add(symbol);
        Recorder recorder = new Recorder(symbol, bus, settings, waits, random, symbolStatus);
        LiveFollower follower = new LiveFollower(
                symbol,
                recorder,
                CandleSupply.of(rest, Patience.LIVE),
                rest.serverTime(),
                settings,
                waits,
                random,
                symbolStatus);
        followers.put(symbol, follower);
        CandleSupply direct = plan.direct().get(symbol);
        return new MarketFeed(
                market,
                held,
                historyFrom,
                liveFrom,
                direct == null ? CandleSupply.of(rest, Patience.IMPORT) : direct,
                recorder,
                follower,
                rest.serverTime(),
                settings,
                waits,
                random,
                progress,
                symbolStatus,
                otherHistory,
                live::countDown);
    }

    /** Sets the market's time to where the symbol that is furthest behind goes on. */
    private void positionSimulator(Map<Symbol, Optional<MarketView>> held) {
        if (simulator == null) {
            return;
        }
        Instant begin = plan.liveFrom().orElseThrow();
        Instant earliest = null;
        for (Optional<MarketView> view : held.values()) {
            Instant wentLive = view.flatMap(MarketView::liveFrom).orElse(begin);
            Instant goesOn = view.filter(v -> v.liveFrom().isPresent())
                    .flatMap(MarketView::lastOpenTime)
                    .map(last -> last.plus(Minutes.BAR))
                    .filter(next -> next.isAfter(wentLive))
                    .orElse(wentLive);
            earliest = earliest == null || goesOn.isBefore(earliest) ? goesOn : earliest;
        }
        simulator.startAt(earliest == null ? begin : earliest);
    }

    private Optional<MarketView> find(Symbol symbol) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Throwable failure;
            try {
                return bus.find(symbol).get(settings.commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                failure = e.getCause() == null ? e : e.getCause();
            } catch (TimeoutException | RuntimeException e) {
                failure = e;
            }
            if (attempt >= FIND_ATTEMPTS) {
                throw new CommandFailedException("what is held of " + symbol + " cannot be found out", failure);
            }
            if (attempt % 5 == 0) {
                log.warn("Waiting to find out what is held of {}: {}", symbol, failure.getMessage());
            }
            waits.pause(settings.commandBackoff().after(Math.min(attempt, 4), random));
        }
    }

    private void awaitStream() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            synchronized (this) {
                boolean heard = simulator == null || simulator.connections() > 0;
                if (stream == null || (stream.connected() && heard)) {
                    return;
                }
            }
            waits.pause(Duration.ofMillis(20));
        }
        log.warn("The simulated exchange's stream is not up yet; its clock runs all the same");
    }

    private void measureTime() {
        try {
            rest.measureTime(Patience.LIVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("The exchange's clock could not be read: {}", e.getMessage());
        }
    }

    private void repeat(Duration every, Runnable action) {
        waits.after(every, () -> {
            if (running) {
                action.run();
                repeat(every, action);
            }
        });
    }

    private synchronized void begin(String name, Runnable work) {
        threads.removeIf(thread -> !thread.isAlive());
        if (running) {
            threads.add(Thread.ofVirtual().name(name).start(work));
        }
    }

    private final class Dispatch implements KlineStream.Listener {

        @Override
        public void begun() {
            followers.values().forEach(LiveFollower::begun);
        }

        @Override
        public void event(KlineEvent event) {
            LiveFollower follower = followers.get(event.symbol());
            if (follower != null) {
                follower.event(event);
            }
        }
    }
}
