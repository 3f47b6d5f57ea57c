package io.hindcast.feeds.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.KlineStream;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.RetryPolicy;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.hindcast.simulator.tape.Tape;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Simulated exchange, feed and fake bus of the feed's tests, and the waits and assertions that they share. */
@SuppressWarnings({"FutureReturnValueIgnored", "NullAway"})
abstract class FeedTestRig {

    static final Symbol BTC = new Symbol("BTCUSDT");
    static final Symbol ETH = new Symbol("ETHUSDT");
    static final LocalDate ORIGIN = LocalDate.of(2024, 1, 1);
    static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final FakeMarketBus bus = new FakeMarketBus();
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    /** Long, so that a bar that is delayed by a busy machine does not count as missing. */
    Duration stallCheck = Duration.ofSeconds(5);

    /** One process: a simulated exchange and a feed that follows it. */
    final class FeedProcess implements AutoCloseable {
        final ExchangeSimulator simulator;
        final FeedService service;
        final FeedStatus status;
        final BinanceRest rest;
        final Outages outages = new Outages(InstantSource.system());
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();

        FeedProcess(List<? extends Tape> tapes, int historyDays, double speed) {
            this(tapes, tapes.getFirst().firstOpenTime(), historyDays, speed);
        }

        FeedProcess(List<? extends Tape> tapes, Instant from, int historyDays, double speed) {
            Instant liveFrom = from.plus(Duration.ofDays(historyDays));
            simulator = new ExchangeSimulator(tapes, liveFrom, speed).start();
            status = new FeedStatus(outages, meters, simulator, System::nanoTime);
            Backoff quick = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));
            FeedContext context = context(simulator.restUrl(), simulator, quick);
            rest = context.rest();
            service = new FeedService(
                    new FeedPlan(
                            tapes.stream()
                                    .map(tape -> new FeedPlan.Market(tape.symbol(), tape.origin(), tape.description()))
                                    .toList(),
                            Optional.of(from),
                            historyDays,
                            Optional.of(liveFrom),
                            Map.of()),
                    context,
                    new KlineStream.Settings(
                            simulator.streamUrl(),
                            Duration.ofSeconds(2),
                            Duration.ofMillis(1500),
                            Duration.ofHours(23),
                            Duration.ofMillis(300),
                            Duration.ofMillis(100),
                            quick),
                    status,
                    hook(liveFrom));
            status.longestQuiet(Duration.ofMillis((long) Math.max(20_000, 4_000 / speed)));
            simulator.onFinished(status::finished);
            open.add(this);
        }

        /** Starts the simulator's clock once the feed is live, as the platform does. */
        private GoLiveHook hook(Instant liveFrom) {
            return new GoLiveHook() {
                @Override
                public void beforeStreams(List<Instant> continueAt) {
                    simulator.startAt(
                            continueAt.stream().min(Instant::compareTo).orElse(liveFrom));
                }

                @Override
                public boolean streaming() {
                    return simulator.connections() > 0;
                }

                @Override
                public void live() {
                    simulator.run();
                }
            };
        }

        private FeedContext context(URI url, InstantSource marketClock, Backoff quick) {
            WallTimer waits = WallTimer.system();
            BinanceRest client = new BinanceRest(
                    new BinanceRest.Settings(url, Duration.ofSeconds(2), Duration.ofSeconds(3), quick),
                    marketClock,
                    InstantSource.system(),
                    waits,
                    new Random(1),
                    status);
            return new FeedContext(
                    new FeedSettings(
                            new FeedSettings.Commands(Duration.ofSeconds(5), RetryPolicy.of(3, quick)),
                            4,
                            5_000,
                            new FeedSettings.Gaps(quick, Duration.ofMillis(300), 2),
                            new FeedSettings.Checks(Duration.ofMillis(400), 200, stallCheck),
                            new Backoff(Duration.ofMillis(50), Duration.ofMillis(400))),
                    client,
                    bus,
                    new SupervisedLoop.Context(quick, waits, new Random(2), outages, meters),
                    InstantSource.system(),
                    ProgressReporter.NONE,
                    GoLivePrerequisite.NONE);
        }

        SymbolStatus statusOf(Symbol symbol) {
            return status.symbols().stream()
                    .filter(s -> s.symbol().equals(symbol))
                    .findFirst()
                    .orElseThrow();
        }

        /** Returns the current outage of a part. */
        Optional<Outage> outage(String part) {
            return outages.current().stream()
                    .filter(outage -> outage.part().equals(part))
                    .findFirst();
        }

        Outage awaitOutage(String part) {
            await().atMost(PATIENCE).until(() -> outage(part).isPresent());
            return outage(part).orElseThrow();
        }

        double answers() {
            return meters.find("hindcast.feed.rest.answers").counters().stream()
                    .mapToDouble(io.micrometer.core.instrument.Counter::count)
                    .sum();
        }

        FeedProcess start() {
            service.start();
            return this;
        }

        FeedProcess awaitLive() {
            await().atMost(PATIENCE).until(simulator::running);
            return this;
        }

        /** Waits until a bar that opened at {@code time} or later is recorded. */
        void awaitBarsUpTo(Symbol symbol, Instant time) {
            await().atMost(PATIENCE).until(() -> {
                Instant last = bus.last(symbol);
                return last != null && !last.isBefore(time);
            });
        }

        @Override
        public void close() {
            service.stop();
            simulator.close();
            rest.close();
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    static SyntheticTape market(Symbol symbol) {
        return new SyntheticTape(symbol, 1, ORIGIN);
    }

    void assertEveryBarOnceAsOnTape(Tape tape, Instant from, Instant to) {
        TreeMap<Instant, List<FakeMarketBus.Held>> bars = bus.bars(tape.symbol());
        for (Instant time = from; !time.isAfter(to); time = time.plusSeconds(60)) {
            List<FakeMarketBus.Held> held = bars.getOrDefault(time, List.of());
            assertThat(held).as(tape.symbol() + " at " + time).hasSize(1);
            assertThat(held.getFirst().bar()).isEqualTo(tape.at(time).orElseThrow());
        }
    }
}
