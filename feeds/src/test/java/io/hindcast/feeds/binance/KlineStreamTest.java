package io.hindcast.feeds.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FakeWallTimer;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.hindcast.simulator.synthetic.SyntheticTape;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KlineStreamTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant START = Instant.parse("2024-01-02T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final SyntheticTape tape = new SyntheticTape(BTC, 1, LocalDate.of(2024, 1, 1));
    private final ExchangeSimulator simulator = new ExchangeSimulator(List.of(tape), START, 100).start();
    private final FakeWallTimer waits = new FakeWallTimer(START);
    private final List<KlineEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger announced = new AtomicInteger();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final List<String> malformed = new CopyOnWriteArrayList<>();
    private final KlineStream stream = stream(Duration.ofSeconds(60));

    private KlineStream stream(Duration silence) {
        return stream(silence, new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)), BTC, simulator);
    }

    private KlineStream stream(Duration silence, Backoff backoff, Symbol symbol, ExchangeSimulator simulator) {
        return new KlineStream(
                new KlineStream.Settings(
                        simulator.streamUrl(),
                        Duration.ofSeconds(5),
                        silence,
                        Duration.ofHours(23),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        backoff),
                List.of(symbol),
                waits,
                waits,
                new SplittableRandom(1),
                new ExchangeMonitor() {
                    @Override
                    public void disconnected(String problem, String remedy) {
                        lost.add(problem);
                    }

                    @Override
                    public void connected(boolean again) {
                        announced.incrementAndGet();
                    }

                    @Override
                    public void malformed(String message, String why) {
                        malformed.add(why);
                    }
                },
                new KlineStream.Listener() {
                    @Override
                    public void begun() {
                        begun.incrementAndGet();
                    }

                    @Override
                    public void event(KlineEvent event) {
                        events.add(event);
                    }
                });
    }

    @AfterEach
    void close() {
        stream.close();
        simulator.close();
    }

    private void awaitConnected() {
        await().atMost(PATIENCE).until(stream::connected);
    }

    @Test
    void deliversEveryClosedBarInOrder() {
        stream.start();
        awaitConnected();
        await().atMost(PATIENCE).until(() -> simulator.connections() == 1);
        simulator.run();
        await().atMost(PATIENCE).until(() -> events.size() > 100);
        for (int i = 0; i < 100; i++) {
            assertThat(events.get(i).closed()).isEqualTo(tape.at(START.plusSeconds(60L * i)));
            assertThat(events.get(i).eventTime()).isAfterOrEqualTo(START.plusSeconds(60L * (i + 1)));
        }
    }

    @Test
    void reconnectsAfterALossWithGrowingJitteredWaitsAndReportsTheNewBeginning() {
        stream.start();
        awaitConnected();
        await().until(() -> begun.get() == 1 && simulator.connections() == 1);
        simulator.faults().streams().refuseConnections(true);
        simulator.faults().streams().dropConnections();
        await().atMost(PATIENCE).until(() -> !stream.connected() && lost.size() == 1);
        waits.advance(Duration.ofMillis(250));
        await().atMost(PATIENCE).until(() -> lost.size() == 2);
        simulator.faults().streams().refuseConnections(false);
        waits.advance(Duration.ofMillis(200));
        assertThat(begun)
                .as("the second wait is at least a quarter of a second")
                .hasValue(1);
        waits.advance(Duration.ofMillis(300));
        awaitConnected();
        await().until(() -> begun.get() == 2);
    }

    @Test
    void treatsSilenceAsALostConnection() {
        stream.start();
        awaitConnected();
        simulator.faults().streams().silence(true);
        waits.advance(Duration.ofSeconds(31));
        // the client's own ping was answered, so the connection works
        await().atMost(PATIENCE).until(() -> begun.get() == 1);
        // A pong may arrive while time passes; a silence that is long enough follows.
        await().atMost(PATIENCE).until(() -> {
            waits.advance(Duration.ofMinutes(10));
            return lost.stream().anyMatch(why -> why.contains("silent for"));
        });
        waits.advance(Duration.ofSeconds(1));
        await().atMost(PATIENCE).until(() -> begun.get() >= 2);
    }

    @Test
    void replacesItsConnectionWithinADayWithoutMissingABar() {
        try (KlineStream patient = stream(Duration.ofDays(30)).start()) {
            await().atMost(PATIENCE).until(() -> patient.connected() && simulator.connections() == 1);
            simulator.run();
            await().atMost(PATIENCE).until(() -> events.size() > 20);
            waits.advance(Duration.ofHours(23).minusSeconds(1));
            assertThat(simulator.connections()).isEqualTo(1);
            waits.advance(Duration.ofSeconds(1));
            await().atMost(PATIENCE).until(() -> simulator.connections() == 2);
            int overlapping = events.size();
            await().atMost(PATIENCE).until(() -> events.size() > overlapping + 20);
            // The successor is up when its bars arrive beside the old one's.
            await().atMost(PATIENCE)
                    .until(() ->
                            events.stream().map(KlineEvent::openTime).distinct().count() < events.size());
            waits.advance(Duration.ofSeconds(30));
            await().atMost(PATIENCE).until(() -> simulator.connections() == 1);
            int alone = events.size();
            await().atMost(PATIENCE).until(() -> events.size() > alone + 20);
            List<Instant> times = events.stream()
                    .map(KlineEvent::openTime)
                    .distinct()
                    .sorted()
                    .toList();
            for (int i = 0; i < times.size(); i++) {
                assertThat(times.get(i)).isEqualTo(START.plusSeconds(60L * i));
            }
            assertThat(lost).isEmpty();
            assertThat(begun).as("no bar is missing, so no new beginning").hasValue(1);
        }
    }

    @Test
    void refusesGarbledMessagesAndContinues() {
        simulator.faults().streams().malformedMessage(START.plusSeconds(60 * 5));
        stream.start();
        awaitConnected();
        await().until(() -> simulator.connections() == 1);
        simulator.run();
        await().atMost(PATIENCE).until(() -> events.size() > 20);
        assertThat(malformed).hasSize(1);
        assertThat(events.get(5).openTime()).isEqualTo(START.plusSeconds(60 * 5));
        assertThat(lost).isEmpty();
    }

    /** Advances time in steps; in each the stream may open a connection that is closed again. */
    private void advanceWhileClosing(Duration time, Duration step) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(step)) {
            waits.advance(step);
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(PATIENCE)
                    .until(() -> simulator.connections() == 0 && lost.size() >= simulator.accepted());
        }
    }

    @Test
    void backsOffWhileConnectionsAreAcceptedAndClosedAtOnce() {
        simulator.faults().streams().closeConnections(true);
        stream.start();
        await().atMost(PATIENCE).until(() -> lost.size() == 1);
        advanceWhileClosing(Duration.ofSeconds(106), Duration.ofMillis(500));
        assertThat(simulator.accepted()).as("instead of 515").isBetween(8, 15);
        assertThat(lost.getLast()).contains("closed by the exchange (1001)").contains("losses in a row");
        assertThat(announced)
                .as("reported up only while the first loss may be the only one")
                .hasValue(2);
        simulator.faults().streams().closeConnections(false);
        waits.advance(Duration.ofSeconds(30));
        awaitConnected();
        await().atMost(PATIENCE).until(() -> simulator.connections() == 1);
        assertThat(announced).hasValue(2);
        waits.advance(Duration.ofSeconds(30));
        simulator.run();
        await().atMost(PATIENCE).until(() -> announced.get() == 3);
    }

    @Test
    void keepsToTheExchangesConnectionLimitAndReportsTheWait() {
        Backoff eager = new Backoff(Duration.ofMillis(2), Duration.ofMillis(2));
        simulator.faults().streams().closeConnections(true);
        try (KlineStream hasty =
                stream(Duration.ofDays(1), eager, BTC, simulator).start()) {
            await().atMost(PATIENCE).until(() -> lost.size() == 1);
            for (int i = 0; i < 400 && lost.stream().noneMatch(why -> why.contains("limit")); i++) {
                int before = lost.size();
                waits.advance(Duration.ofMillis(2));
                await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> lost.size() > before);
            }
            assertThat(lost.getLast())
                    .contains("limit of 300 connections in 5 minutes")
                    .contains("waits");
            assertThat(simulator.accepted()).isEqualTo(ConnectionRateLimiter.MOST);
            waits.advance(Duration.ofMinutes(4));
            assertThat(simulator.accepted()).isEqualTo(ConnectionRateLimiter.MOST);
            simulator.faults().streams().closeConnections(false);
            waits.advance(Duration.ofMinutes(1));
            await().atMost(PATIENCE).until(() -> hasty.connected() && simulator.connections() == 1);
        }
    }

    @Test
    void deliversBarsOfASymbolOutsideAscii() {
        Symbol chinese = new Symbol("币安人生USDT");
        SyntheticTape other = new SyntheticTape(chinese, 1, LocalDate.of(2024, 1, 1));
        try (ExchangeSimulator lists = new ExchangeSimulator(List.of(other), START, 100).start();
                KlineStream follows = stream(
                                Duration.ofSeconds(60),
                                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)),
                                chinese,
                                lists)
                        .start()) {
            await().atMost(PATIENCE).until(() -> follows.connected() && lists.connections() == 1);
            lists.run();
            await().atMost(PATIENCE).until(() -> events.size() > 5);
            assertThat(events.getFirst().symbol()).isEqualTo(chinese);
        }
    }

    @Test
    void staysClosed() {
        stream.start();
        awaitConnected();
        stream.close();
        await().atMost(PATIENCE).until(() -> simulator.connections() == 0);
        waits.advance(Duration.ofHours(1));
        assertThat(stream.connected()).isFalse();
        assertThat(simulator.connections()).isZero();
    }
}
