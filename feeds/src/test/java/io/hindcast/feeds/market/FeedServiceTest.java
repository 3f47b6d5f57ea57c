package io.hindcast.feeds.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.ExchangeUnreachableException;
import io.hindcast.feeds.binance.KlineStream;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SharedData;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.hindcast.simulator.archive.ArchiveTape;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.hindcast.simulator.synthetic.SyntheticTape;
import io.hindcast.simulator.tape.Tape;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"FutureReturnValueIgnored", "AvoidCommonTypeNames", "NullAway"})
class FeedServiceTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final LocalDate ORIGIN = LocalDate.of(2024, 1, 1);
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeHouse house = new FakeHouse();
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    /** Long, so that on a busy machine bars on their way are not taken for missing. */
    private Duration stallCheck = Duration.ofSeconds(5);

    /** One process: a simulator and a feed on it. */
    private final class Process implements AutoCloseable {
        final ExchangeSimulator simulator;
        final FeedService service;
        final FeedStatus status;
        final BinanceRest rest;
        final Outages outages = new Outages(InstantSource.system());
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();

        Process(List<? extends Tape> tapes, int historyDays, double speed) {
            this(tapes, tapes.getFirst().firstOpenTime(), historyDays, speed);
        }

        Process(List<? extends Tape> tapes, Instant from, int historyDays, double speed) {
            Instant liveFrom = from.plus(Duration.ofDays(historyDays));
            simulator = new ExchangeSimulator(tapes, liveFrom, speed).start();
            status = new FeedStatus(outages, meters, simulator, System::nanoTime);
            Backoff quick = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));
            FeedGround ground = ground(simulator.restUrl(), simulator, quick);
            rest = ground.rest();
            service = new FeedService(
                    new FeedPlan(
                            tapes.stream()
                                    .map(tape -> new FeedPlan.Market(tape.symbol(), tape.origin(), tape.description()))
                                    .toList(),
                            Optional.of(from),
                            historyDays,
                            Optional.of(liveFrom),
                            Map.of()),
                    ground,
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

        private FeedGround ground(URI url, InstantSource marketClock, Backoff quick) {
            WallTimer waits = WallTimer.system();
            BinanceRest client = new BinanceRest(
                    new BinanceRest.Settings(url, Duration.ofSeconds(2), Duration.ofSeconds(3), quick),
                    marketClock,
                    InstantSource.system(),
                    waits,
                    new Random(1),
                    status);
            return new FeedGround(
                    new FeedSettings(
                            Duration.ofSeconds(5),
                            3,
                            quick,
                            4,
                            5_000,
                            new FeedSettings.Gaps(quick, Duration.ofMillis(300), 2),
                            new FeedSettings.Checks(Duration.ofMillis(400), 200, stallCheck),
                            new Backoff(Duration.ofMillis(50), Duration.ofMillis(400))),
                    client,
                    house,
                    new SupervisedLoop.Ground(quick, waits, new Random(2), outages, meters),
                    InstantSource.system(),
                    ProgressReporter.NONE,
                    OtherHistory.NONE);
        }

        SymbolStatus statusOf(Symbol symbol) {
            return status.symbols().stream()
                    .filter(s -> s.symbol().equals(symbol))
                    .findFirst()
                    .orElseThrow();
        }

        /** The outage of a part that is under way. */
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

        Process start() {
            service.start();
            return this;
        }

        Process awaitLive() {
            await().atMost(PATIENCE).until(simulator::running);
            return this;
        }

        /** WallTimer until all bars that opened before {@code time} are recorded, apart from {@code missing} ones. */
        void awaitBarsUpTo(Symbol symbol, Instant time) {
            await().atMost(PATIENCE).until(() -> {
                Instant last = house.last(symbol);
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

    private static SyntheticTape market(Symbol symbol) {
        return new SyntheticTape(symbol, 1, ORIGIN);
    }

    private void assertEveryBarOnceAsOnTape(Tape tape, Instant from, Instant to) {
        TreeMap<Instant, List<FakeHouse.Held>> bars = house.bars(tape.symbol());
        for (Instant time = from; !time.isAfter(to); time = time.plusSeconds(60)) {
            List<FakeHouse.Held> held = bars.getOrDefault(time, List.of());
            assertThat(held).as(tape.symbol() + " at " + time).hasSize(1);
            assertThat(held.getFirst().bar()).isEqualTo(tape.at(time).orElseThrow());
        }
    }

    @Test
    void importsHistoryGoesLiveAndRecordsEveryBarOnceInOrder() {
        Tape tape = market(BTC);
        Process process = new Process(List.of(tape), 3, 500).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(3));
        assertThat(house.liveFrom(BTC)).contains(live);
        process.awaitBarsUpTo(BTC, live.plus(Duration.ofMinutes(1600)));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plus(Duration.ofMinutes(1600)));
        house.bars(BTC)
                .forEach((time, held) -> assertThat(held.getFirst().source())
                        .isEqualTo(time.isBefore(live) ? CandleSource.HISTORY : CandleSource.LIVE));
        assertThat(house.reported()).isEmpty();
        assertThat(process.status.ready()).isTrue();
        assertThat(process.status.symbols().getFirst().imported()).isEqualTo(3 * 1440);
        assertThat(java.util.List.copyOf(house.liveOrder)).isSorted();
    }

    @Test
    void holdsTheMarketsClockWhileHistoryComesIn() {
        house.down(true);
        Process process = new Process(List.of(market(BTC)), 2, 500).start();
        await().atMost(PATIENCE)
                .until(() -> process.status.symbols().stream()
                        .anyMatch(s -> s.problem().isPresent()));
        assertThat(process.simulator.instant()).isEqualTo(BEGIN.plus(Duration.ofDays(2)));
        assertThat(process.status.ready()).isFalse();
        house.down(false);
        process.awaitLive();
        process.awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(2)));
    }

    @Test
    void followsSeveralSymbolsAtOnce() {
        Tape btc = market(BTC);
        Tape eth = market(ETH);
        Process process = new Process(List.of(btc, eth), 1, 300).start().awaitLive();
        Instant until = BEGIN.plus(Duration.ofMinutes(1440 + 500));
        process.awaitBarsUpTo(BTC, until);
        process.awaitBarsUpTo(ETH, until);
        assertEveryBarOnceAsOnTape(btc, BEGIN, until);
        assertEveryBarOnceAsOnTape(eth, BEGIN, until);
    }

    @Test
    void fillsByRestWhatTheStreamLeftOut() {
        Tape tape = market(BTC);
        Process process = new Process(List.of(tape), 1, 200);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 100; i < 110; i++) {
            process.simulator.faults().skipBar(live.plusSeconds(60L * i));
        }
        process.start().awaitLive().awaitBarsUpTo(BTC, live.plusSeconds(60 * 400));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 400));
        assertThat(house.reported()).anyMatch(gap -> gap.fromMinute() == 100 && gap.toMinute() == 109);
        assertThat(house.bars(BTC).get(live.plusSeconds(60 * 105)).getFirst().source())
                .isEqualTo(CandleSource.REPAIR);
        assertThat(house.confirmed()).isEmpty();
    }

    @Test
    void confirmsThatTheExchangeItselfHasNoBarsOfAnOutage() {
        Process process = new Process(List.of(market(BTC)), 1, 200);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.simulator.faults().outage(live.plusSeconds(60 * 50), live.plusSeconds(60 * 130));
        process.start().awaitLive();
        await().atMost(PATIENCE).until(() -> !house.confirmed().isEmpty());
        assertThat(house.confirmed().getFirst().fromMinute()).isEqualTo(50);
        assertThat(house.confirmed().getFirst().toMinute()).isEqualTo(129);
        assertThat(house.reported()).anyMatch(gap -> gap.fromMinute() == 50 && gap.toMinute() == 129);
        assertThat(house.count(BTC)).isPositive();
        assertThat(process.status.symbols().getFirst().openGaps()).isZero();
    }

    @Test
    void takesLateAndRepeatedBarsOnce() {
        Tape tape = market(BTC);
        Process process = new Process(List.of(tape), 1, 200);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 50; i < 300; i += 10) {
            process.simulator.faults().lateBar(live.plusSeconds(60L * i), Duration.ofSeconds(200));
            process.simulator.faults().duplicateBar(live.plusSeconds(60L * (i + 5)));
        }
        process.start().awaitLive().awaitBarsUpTo(BTC, live.plusSeconds(60 * 400));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 400));
        assertThat(process.status.symbols().getFirst().duplicates()).isGreaterThan(20);
    }

    @Test
    void losesNothingWhenConnectionsDropAndMessagesAreGarbled() {
        Tape tape = market(BTC);
        Process process = new Process(List.of(tape), 1, 300);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 20; i < 2000; i += 20) {
            process.simulator.faults().malformedMessage(live.plusSeconds(60L * i));
        }
        process.start().awaitLive();
        for (int i = 1; i <= 5; i++) {
            process.awaitBarsUpTo(BTC, live.plusSeconds(60L * 100 * i));
            await().atMost(PATIENCE).until(() -> process.simulator.connections() > 0);
            process.simulator.faults().dropConnections();
        }
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 900));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 900));
        assertThat(process.status.reconnects()).isGreaterThanOrEqualTo(4);
        assertThat(process.meters.get("hindcast.feed.malformed").counter().count())
                .isGreaterThan(10);
    }

    @Test
    void knowsWhatItRecordsLaterLaterThanWhatItRecordedBefore() {
        Process process = new Process(List.of(market(BTC)), 1, 300);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 10; i < 400; i += 10) {
            process.simulator.faults().skipBar(live.plusSeconds(60L * i));
            process.simulator.faults().lateBar(live.plusSeconds(60L * (i + 3)), Duration.ofMinutes(2));
        }
        process.start().awaitLive().awaitBarsUpTo(BTC, live.plusSeconds(60 * 400));
        List<Instant> known = house.commands().stream()
                .filter(command -> command.source() != CandleSource.HISTORY)
                .map(RecordCandles::knownAt)
                .toList();
        for (int i = 1; i < known.size(); i++) {
            assertThat(known.get(i).toEpochMilli())
                    .isGreaterThan(known.get(i - 1).toEpochMilli());
        }
    }

    @Test
    void noticesAStreamThatIsSilentAndFetchesWhatItMissed() {
        Tape tape = market(BTC);
        stallCheck = Duration.ofMillis(300);
        Process process = new Process(List.of(tape), 1, 20).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 5));
        process.simulator.faults().silence(true);
        // REST catches up although the stream says nothing
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 60));
        process.simulator.faults().silence(false);
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 90));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 90));
    }

    @Test
    void survivesADatabaseThatDiesAndComesBack() {
        Tape tape = market(BTC);
        Process process = new Process(List.of(tape), 1, 300).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 100));
        house.down(true);
        await().atMost(PATIENCE).until(() -> process.status.symbols().getFirst().state() == FeedState.RECOVERING);
        assertThat(process.status.ready()).isFalse();
        house.down(false);
        await().atMost(PATIENCE).until(() -> process.status.symbols().getFirst().state() == FeedState.LIVE);
        Instant now = process.simulator.instant();
        process.awaitBarsUpTo(BTC, now.plusSeconds(60 * 200));
        assertEveryBarOnceAsOnTape(tape, BEGIN, now);
    }

    @Test
    void triesCommandsAgainThatFailNowAndThen() {
        Tape tape = market(BTC);
        house.fail(2);
        Process process = new Process(List.of(tape), 1, 300).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 1; i < 5; i++) {
            process.awaitBarsUpTo(BTC, live.plusSeconds(60L * 60 * i));
            house.fail(2);
        }
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 400));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 400));
    }

    @Test
    void refusesOneBadBarAloneAndGoesOn() {
        Tape tape = market(BTC);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        Instant badHistory = BEGIN.plusSeconds(60 * 700);
        house.refuse(bar -> bar.openTime().equals(badHistory));
        Process process = new Process(List.of(tape), 1, 300).start().awaitLive();
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 50));
        assertThat(house.bars(BTC)).doesNotContainKey(badHistory);
        assertEveryBarOnceAsOnTape(tape, BEGIN, badHistory.minusSeconds(60));
        assertEveryBarOnceAsOnTape(tape, badHistory.plusSeconds(60), live.plusSeconds(60 * 50));
        assertThat(process.status.symbols().getFirst().refused()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void goesOnAfterARestartWhereItWasWithoutImportingAgain() {
        Tape tape = market(BTC);
        Process first = new Process(List.of(tape), 2, 300).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(2));
        first.awaitBarsUpTo(BTC, live.plusSeconds(60 * 200));
        first.close();
        Instant stopped = Objects.requireNonNull(house.last(BTC));
        int before = house.commands().size();
        Process second = new Process(List.of(market(BTC)), 2, 300).start().awaitLive();
        assertThat(second.simulator.instant()).isAfterOrEqualTo(stopped.plusSeconds(60));
        second.awaitBarsUpTo(BTC, stopped.plusSeconds(60 * 300));
        assertEveryBarOnceAsOnTape(tape, BEGIN, stopped.plusSeconds(60 * 300));
        List<RecordCandles> after =
                house.commands().subList(before, house.commands().size());
        assertThat(after).noneMatch(command -> command.source() == CandleSource.HISTORY);
        assertThat(house.reported()).isEmpty();
    }

    @Test
    void resumesAnImportThatWasKilledInTheMiddleWithoutAHole() {
        Tape tape = market(BTC);
        // The days 0 to 6 were in flight in fours when the process was killed: 4 and 6 got through, 5 did not.
        Process first = new Process(List.of(tape), 12, 300);
        house.send(new OpenMarket(BTC, io.hindcast.api.market.Interval.ONE_MINUTE, tape.origin(), tape.description()));
        for (int day : new int[] {0, 1, 2, 3, 4, 6}) {
            LocalDate date = ORIGIN.plusDays(day);
            List<Candle> bars = Objects.requireNonNull(tape.day(date)).candles(0, Long.MAX_VALUE);
            house.record(RecordCandles.of(
                    BTC,
                    io.hindcast.api.market.Interval.ONE_MINUTE,
                    date,
                    CandleSource.HISTORY,
                    BEGIN.plus(Duration.ofDays(30)),
                    io.hindcast.api.market.Candles.of(date, bars)));
        }
        int before = house.commands().size();
        first.start().awaitLive();
        assertEveryBarOnceAsOnTape(tape, BEGIN, BEGIN.plus(Duration.ofDays(12)).minusSeconds(60));
        assertThat(house.commands().subList(before, house.commands().size()))
                .as("days that surely are held are not imported again")
                .noneMatch(command -> command.marketDay().day().isBefore(ORIGIN.plusDays(2)));
    }

    @Test
    void recordsACorrectionByTheExchangeAsANewRevision() {
        Tape tape = market(BTC);
        Process process = new Process(List.of(tape), 1, 20).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        Instant corrected = live.plusSeconds(60 * 3);
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 10));
        Candle was = tape.at(corrected).orElseThrow();
        Candle now = new Candle(
                was.openTime(),
                was.open(),
                was.high(),
                was.low(),
                was.close(),
                was.volume().add(BigDecimal.ONE),
                was.quoteVolume(),
                was.trades() + 1,
                was.takerBuyVolume(),
                was.takerBuyQuoteVolume());
        process.simulator.faults().revise(BTC, now);
        await().atMost(PATIENCE)
                .until(() ->
                        Objects.requireNonNull(house.bars(BTC).get(corrected)).size() == 2);
        List<FakeHouse.Held> held = Objects.requireNonNull(house.bars(BTC).get(corrected));
        assertThat(held.getFirst().bar()).isEqualTo(was);
        assertThat(held.getLast().bar()).isEqualTo(now);
        assertThat(held.getLast().knownAt()).isAfter(held.getFirst().knownAt());
        assertThat(held.getLast().source()).isEqualTo(CandleSource.REPAIR);
    }

    @Test
    void knowsBarsNoEarlierThanTheyClosedAndNoLaterThanNow() {
        Process process = new Process(List.of(market(BTC)), 1, 200).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 200));
        Instant now = process.simulator.instant();
        house.bars(BTC)
                .tailMap(live)
                .forEach((time, held) -> assertThat(held.getFirst().knownAt())
                        .isBetween(
                                time.plusSeconds(60),
                                now.isAfter(time.plusSeconds(60)) ? now.plusSeconds(600) : Instant.MAX));
    }

    @Test
    void standsStillAtTheEndOfAnArchiveAndSaysSo() {
        ArchiveOf tape = new ArchiveOf(market(BTC), BEGIN.plus(Duration.ofMinutes(1440 + 200)));
        Process process = new Process(List.of(tape), 1, 300).start().awaitLive();
        await().atMost(PATIENCE).until(process.status::archiveFinished);
        process.awaitBarsUpTo(BTC, tape.last);
        assertThat(process.simulator.instant()).isEqualTo(tape.last.plusSeconds(60));
        assertThat(process.simulator.connections()).isEqualTo(1);
        assertThat(process.status.ready()).isTrue();
        assertThat(process.status.symbols().getFirst().state()).isEqualTo(FeedState.FINISHED);
        assertThat(process.meters.get("hindcast.feed.archive.finished").gauge().value())
                .isEqualTo(1);
        assertEveryBarOnceAsOnTape(tape, BEGIN, tape.last);
        process.close();
        Process again = new Process(List.of(tape), 1, 300).start();
        await().atMost(PATIENCE).until(again.status::archiveFinished);
        assertThat(again.status.ready()).isTrue();
        assertThat(house.reported()).isEmpty();
    }

    @Test
    void saysThatAMarketOfAnotherOriginCannotBeFollowed() {
        house.send(new OpenMarket(
                BTC, io.hindcast.api.market.Interval.ONE_MINUTE, MarketOrigin.EXCHANGE, "api.binance.com"));
        Process process = new Process(List.of(market(BTC)), 1, 300).start();
        await().atMost(PATIENCE)
                .until(() -> process.status.symbols().stream().anyMatch(s -> s.state() == FeedState.FAILED));
        assertThat(process.status.symbols().getFirst().problem().orElseThrow()).contains("SYNTHETIC");
    }

    @Test
    void failsAtOnceWhenNothingAnswersAtTheExchangesAddress() {
        Process process = new Process(List.of(market(BTC)), 1, 300);
        process.simulator.close();
        assertThatThrownBy(process::start)
                .isInstanceOf(ExchangeUnreachableException.class)
                .hasMessageContaining(process.simulator.restUrl().toString())
                .hasMessageContaining("./hindcast demo");
        assertThat(process.service.isRunning()).isFalse();
    }

    @Test
    void saysThatASymbolIsNotListedAndFollowsItAsSoonAsItIs() {
        Process process = new Process(List.of(market(BTC), market(ETH)), 1, 300);
        process.simulator.faults().delist(ETH, true);
        process.start().awaitLive();
        Outage outage = process.awaitOutage("feed of ETHUSDT");
        assertThat(outage.problem()).isEqualTo("ETHUSDT is not followed: 127.0.0.1 lists no such symbol");
        assertThat(outage.remedy()).contains("Check how it is written");
        process.awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 30));
        assertThat(house.liveFrom(ETH)).as("no market, no training").isEmpty();
        process.simulator.faults().delist(ETH, false);
        process.awaitBarsUpTo(ETH, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 100));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
    }

    @Test
    void saysTheStatusOfASymbolThatIsNotTradedAndStartsNothingOnNothing() {
        Process process = new Process(List.of(market(BTC), market(ETH)), 1, 300);
        process.simulator.faults().halt(ETH, "BREAK", BEGIN);
        process.start().awaitLive();
        Outage outage = process.awaitOutage("feed of ETHUSDT");
        assertThat(outage.severity()).isEqualTo(Outage.Severity.DOWN);
        assertThat(outage.problem()).contains("ETHUSDT").contains("BREAK, not TRADING");
        assertThat(process.statusOf(ETH).state()).isEqualTo(FeedState.SUSPENDED);
        assertThat(process.status.ready()).isFalse();
        process.awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 300));
        assertThat(process.statusOf(BTC).state()).isEqualTo(FeedState.LIVE);
        assertThat(house.liveFrom(ETH)).isEmpty();
        assertThat(house.count(ETH)).isZero();
        process.simulator.faults().clear();
        process.awaitBarsUpTo(ETH, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 400));
        assertEveryBarOnceAsOnTape(
                market(ETH), BEGIN, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 400));
    }

    @Test
    void doesNotGoLiveWithASymbolOfWhichThereAreNoBarsYet() {
        Process process = new Process(List.of(market(BTC), market(ETH)), 1, 300);
        process.simulator.faults().halt(ETH, "TRADING", BEGIN);
        process.start().awaitLive();
        assertThat(process.awaitOutage("feed of ETHUSDT").problem()).contains("has no bars of it before");
        assertThat(house.liveFrom(ETH)).isEmpty();
        process.simulator.faults().clear();
        process.awaitBarsUpTo(ETH, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 50));
    }

    @Test
    void asksEverMoreSlowlyWhileASymbolItFollowedIsHaltedAndGoesOnByItself() throws InterruptedException {
        stallCheck = Duration.ofMillis(20);
        Process process = new Process(List.of(market(BTC)), 1, 60).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 20));
        process.simulator.faults().halt(BTC, "HALT", process.simulator.instant());
        Outage outage = process.awaitOutage("feed of BTCUSDT");
        assertThat(outage.problem()).contains("BTCUSDT").contains("HALT, not TRADING");
        assertThat(process.statusOf(BTC).state()).isEqualTo(FeedState.SUSPENDED);
        double before = process.answers();
        Instant from = process.simulator.instant();
        await().atMost(PATIENCE).until(() -> process.simulator.instant().isAfter(from.plusSeconds(60 * 120)));
        // Two seconds: a look every 20 ms would be a hundred, and each asks twice.
        assertThat(process.answers() - before).isLessThan(40);
        process.simulator.faults().resume(BTC, process.simulator.instant());
        await().atMost(PATIENCE).until(() -> process.statusOf(BTC).state() == FeedState.LIVE);
        process.awaitBarsUpTo(BTC, process.simulator.instant().plusSeconds(60 * 20));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
        await().atMost(PATIENCE).until(() -> !house.confirmed().isEmpty());
    }

    @Test
    void saysAfterARestartThatASymbolIsNotTraded() {
        Process first = new Process(List.of(market(BTC)), 1, 100).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        first.awaitBarsUpTo(BTC, live.plusSeconds(60 * 20));
        first.close();
        Process second = new Process(List.of(market(BTC)), 1, 100);
        second.simulator.faults().halt(BTC, "BREAK", Objects.requireNonNull(house.last(BTC)));
        second.start();
        assertThat(second.awaitOutage("feed of BTCUSDT").problem()).contains("BREAK");
        assertThat(second.status.ready()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 302, 451, 403, 400, 418, 500, 200})
    void goesOnByItselfAfterAnyAnswerThatIsNoAnswer(int status) {
        Process process = new Process(List.of(market(BTC)), 1, 300);
        process.start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 20));
        if (status == 418) {
            process.simulator.faults().ban(Instant.now().plusSeconds(4), 1);
        } else {
            process.simulator.faults().page(status, 12);
        }
        Instant missing =
                process.simulator.instant().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60 * 30);
        process.simulator.faults().skipBar(missing);
        process.awaitOutage("gap search of BTCUSDT");
        await().atMost(PATIENCE).until(() -> house.bars(BTC).containsKey(missing));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
        assertThat(process.statusOf(BTC).state()).isEqualTo(FeedState.LIVE);
    }

    @ParameterizedTest
    @CsvSource({"404, has nothing at this address", "302, sign-in.example", "451, for legal reasons", "200, <html>"})
    void saysWhyItCannotImportAndGoesOnWhenTheAnswersAreRight(int status, String reason) {
        Process process = new Process(List.of(market(BTC)), 1, 300);
        process.simulator.faults().page(status, 60);
        process.start();
        Outage outage = process.awaitOutage("exchange 127.0.0.1");
        assertThat(outage.problem()).contains(reason);
        assertThat(outage.remedy()).contains(status == 451 ? "api.binance.us" : "tried again");
        assertThat(process.status.ready()).isFalse();
        process.simulator.faults().clear();
        process.awaitLive().awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 20));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
    }

    @Test
    void waitsAsLongAsItTakesToFindOutWhatIsHeldAndSaysSo() {
        house.mute(true);
        Process process = new Process(List.of(market(BTC)), 1, 300).start();
        Outage outage = process.awaitOutage("feed of BTCUSDT");
        assertThat(outage.problem()).contains("the log holds of BTCUSDT");
        assertThat(outage.remedy()).contains("role command");
        house.mute(false);
        process.awaitLive().awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 20));
        assertThat(process.outage("feed of BTCUSDT")).isEmpty();
    }

    @Test
    void letsTheClockRunForTheOthersWhenAMarketCannotBeFollowed() {
        house.send(new OpenMarket(
                ETH, io.hindcast.api.market.Interval.ONE_MINUTE, MarketOrigin.EXCHANGE, "api.binance.com"));
        Process process =
                new Process(List.of(market(BTC), market(ETH)), 1, 300).start().awaitLive();
        process.awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 100));
        assertThat(process.statusOf(ETH).state()).isEqualTo(FeedState.FAILED);
        assertThat(process.outage("feed of ETHUSDT").orElseThrow().summary())
                .contains("ETHUSDT cannot be followed")
                .contains("SYNTHETIC")
                .contains("another data folder");
    }

    @Test
    void searchesAgainForGapsOfAnEarlierProcessUntilTheExchangeAnswers() {
        Tape tape = market(BTC);
        Process first = new Process(List.of(tape), 1, 200);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        first.start().awaitLive().awaitBarsUpTo(BTC, live.plusSeconds(60 * 50));
        first.close();
        Instant lost = live.plusSeconds(60 * 30);
        house.forget(BTC, lost);
        Process second = new Process(List.of(tape), 1, 20);
        second.start().awaitLive();
        // Whichever request comes first, more fail than one search tries.
        second.simulator.faults().answer(503, 20, null);
        await().atMost(PATIENCE).until(() -> house.bars(BTC).containsKey(lost));
    }

    @Test
    void survivesAnErrorInTheMiddleOfATurn() {
        Tape tape = market(BTC);
        Process process = new Process(List.of(tape), 1, 200).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 50));
        house.throwOnce(new OutOfMemoryError("no memory for a moment"));
        await().atMost(PATIENCE)
                .until(() -> process.meters
                                .counter("hindcast.loop.failures", "part", "feed of BTCUSDT")
                                .count()
                        > 0);
        process.awaitBarsUpTo(BTC, process.simulator.instant().plusSeconds(60 * 100));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 100));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
    }

    @Test
    void followsASymbolWhoseNameIsNotAscii() {
        Symbol chinese = new Symbol("币安人生USDT");
        Process process = new Process(List.of(market(chinese)), 1, 200).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(chinese, live.plusSeconds(60 * 50));
        assertEveryBarOnceAsOnTape(market(chinese), BEGIN, live.plusSeconds(60 * 50));
        house.bars(chinese)
                .tailMap(live)
                .forEach((time, held) -> assertThat(held.getFirst().source())
                        .as("comes over the stream")
                        .isEqualTo(CandleSource.LIVE));
    }

    @Test
    void playsTheRealOutageOfMarch2023() {
        Tape tape = ArchiveTape.open(SharedData.file("btcusdt-1m-2023-01-01-2023-03-31.csv.gz"));
        Instant from = Instant.parse("2023-03-23T00:00:00Z");
        Process process = new Process(List.of(tape), from, 1, 400).start().awaitLive();
        await().atMost(PATIENCE).until(() -> !house.confirmed().isEmpty());
        assertThat(house.confirmed().getFirst().fromMinute()).isEqualTo(12 * 60 + 40);
        assertThat(house.confirmed().getFirst().toMinute()).isEqualTo(13 * 60 + 59);
        Instant until = Instant.parse("2023-03-24T16:00:00Z");
        process.awaitBarsUpTo(BTC, until);
        assertEveryBarOnceAsOnTape(tape, from, Instant.parse("2023-03-24T12:39:00Z"));
        assertEveryBarOnceAsOnTape(tape, Instant.parse("2023-03-24T14:00:00Z"), until);
    }

    @Test
    void reportsAndConfirmsAnOutageInsideHistory() {
        Tape tape = ArchiveTape.open(SharedData.file("btcusdt-1m-2023-01-01-2023-03-31.csv.gz"));
        new Process(List.of(tape), Instant.parse("2023-03-23T00:00:00Z"), 3, 1)
                .start()
                .awaitLive();
        assertThat(house.reported()).singleElement().matches(gap -> gap.fromMinute() == 760 && gap.toMinute() == 839);
        assertThat(house.confirmed()).singleElement().matches(gap -> gap.fromMinute() == 760 && gap.toMinute() == 839);
        assertThat(house.count(BTC)).isEqualTo(3 * 1440 - 80);
    }

    /** A generated market that ends like a recording. */
    private static final class ArchiveOf implements Tape {
        private final Tape tape;
        final Instant last;

        ArchiveOf(Tape tape, Instant last) {
            this.tape = tape;
            this.last = last;
        }

        @Override
        public Symbol symbol() {
            return tape.symbol();
        }

        @Override
        public MarketOrigin origin() {
            return MarketOrigin.ARCHIVE;
        }

        @Override
        public String description() {
            return "recording";
        }

        @Override
        public Instant firstOpenTime() {
            return tape.firstOpenTime();
        }

        @Override
        public Optional<Instant> lastOpenTime() {
            return Optional.of(last);
        }

        @Override
        public io.hindcast.simulator.tape.@org.jspecify.annotations.Nullable TapeDay day(LocalDate day) {
            io.hindcast.simulator.tape.TapeDay whole = tape.day(day);
            if (whole == null) {
                return null;
            }
            io.hindcast.simulator.tape.TapeDay.Builder part = new io.hindcast.simulator.tape.TapeDay.Builder(day);
            List<Integer> rows = new ArrayList<>();
            for (int row = 0; row < whole.size(); row++) {
                if (whole.openMillis(row) <= last.toEpochMilli()) {
                    rows.add(row);
                }
            }
            for (int row : rows) {
                part.bar(whole.openMillis(row), (int) whole.trades(row));
                for (io.hindcast.simulator.tape.TapeDay.Column column :
                        io.hindcast.simulator.tape.TapeDay.Column.values()) {
                    part.set(column, whole.unscaled(column, row), whole.scale(column));
                }
            }
            return part.size() == 0 ? null : part.build();
        }
    }
}
