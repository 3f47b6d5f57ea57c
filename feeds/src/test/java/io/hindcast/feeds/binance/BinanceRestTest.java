package io.hindcast.feeds.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FakeWallTimer;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.hindcast.simulator.synthetic.SyntheticTape;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceRestTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2024-01-04T12:00:30Z");

    private final SyntheticTape tape = new SyntheticTape(BTC, 1, LocalDate.of(2024, 1, 1));
    private final ExchangeSimulator simulator = new ExchangeSimulator(List.of(tape), NOW, 200).start();
    private final FakeWallTimer waits = new FakeWallTimer(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Integer> statuses = new ArrayList<>();
    private final BinanceRest rest = rest(Duration.ofSeconds(5), simulator.restUrl());

    private BinanceRest rest(Duration answer, URI url) {
        return new BinanceRest(
                new BinanceRest.Settings(
                        url,
                        Duration.ofSeconds(2),
                        answer,
                        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30))),
                simulator,
                waits,
                waits,
                new SplittableRandom(1),
                new ExchangeMonitor() {
                    @Override
                    public void answered(int status) {
                        statuses.add(status);
                    }
                });
    }

    @BeforeEach
    void measure() throws InterruptedException {
        rest.requireReachable();
        statuses.clear();
    }

    @AfterEach
    void close() {
        rest.close();
        simulator.close();
    }

    private List<Candle> day() throws InterruptedException {
        return rest.klines(BTC, BEGIN, BEGIN.plus(Duration.ofDays(1)), RequestPurpose.IMPORT);
    }

    private List<Candle> dayOfTape() {
        return java.util.Objects.requireNonNull(tape.day(LocalDate.of(2024, 1, 1)))
                .candles(0, Long.MAX_VALUE);
    }

    @Test
    void fetchesDaysPageByPageWithEveryBarExactly() throws InterruptedException {
        List<Candle> bars = rest.klines(BTC, BEGIN, BEGIN.plus(Duration.ofDays(3)), RequestPurpose.IMPORT);
        assertThat(bars).hasSize(3 * 1440);
        for (Candle bar : bars) {
            assertThat(tape.at(bar.openTime())).contains(bar);
        }
        assertThat(statuses).hasSize(5);
    }

    @Test
    void leavesOutTheBarThatIsStillOpen() throws InterruptedException {
        List<Candle> bars = rest.klines(BTC, NOW.minusSeconds(600), NOW.plusSeconds(600), RequestPurpose.IMPORT);
        assertThat(bars.getLast().openTime()).isEqualTo(Instant.parse("2024-01-04T11:59:00Z"));
    }

    @Test
    void waitsForRetryAfter() throws InterruptedException {
        simulator.faults().rest().answer(429, 1, Duration.ofSeconds(7));
        assertThat(day()).isEqualTo(dayOfTape());
        assertThat(waits.pauses()).singleElement().isEqualTo(Duration.ofSeconds(7));
        simulator.faults().rest().answer(418, 1, Duration.ofSeconds(200));
        assertThat(day()).isEqualTo(dayOfTape());
        assertThat(waits.pauses()).endsWith(Duration.ofSeconds(200));
    }

    @Test
    void holdsAllRequestsDuringABan() throws InterruptedException {
        simulator.faults().rest().answer(418, 1, Duration.ofHours(2));
        assertThatThrownBy(this::day).isInstanceOf(ExchangeUnavailableException.class);
        int asked = statuses.size();
        assertThatThrownBy(this::day)
                .isInstanceOf(ExchangeUnavailableException.class)
                .hasMessageContaining("banned by the exchange 127.0.0.1 until 2026-01-01T02:00:00Z");
        assertThat(statuses).as("no further request").hasSize(asked);
        waits.advance(Duration.ofHours(2));
        assertThat(day()).isEqualTo(dayOfTape());
    }

    @Test
    void waitsForTheEndOfABanGivenInTheBodyAlone() throws InterruptedException {
        simulator.faults().rest().ban(waits.instant().plus(Duration.ofDays(2)), 1);
        assertThatThrownBy(this::day)
                .isInstanceOfSatisfying(ExchangeUnavailableException.class, banned -> {
                    assertThat(banned.notBefore()).isEqualTo(Duration.ofDays(2));
                    assertThat(banned.remedy())
                            .startsWith("Nothing has to be done")
                            .doesNotContain("network");
                })
                .hasMessageContaining("banned by the exchange 127.0.0.1 until 2026-01-03T00:00:00Z");
        int asked = statuses.size();
        waits.advance(Duration.ofDays(2).minusSeconds(1));
        assertThat(day()).as("waits for the rest of the ban").isEqualTo(dayOfTape());
        assertThat(waits.pauses()).containsExactly(Duration.ofSeconds(1));
        assertThat(statuses).hasSize(asked + 2);
    }

    @Test
    void startsAlthoughTheExchangeHasBannedThisAddress() throws InterruptedException {
        simulator.faults().rest().ban(waits.instant().plus(Duration.ofHours(1)), 1);
        rest.requireReachable();
        assertThatThrownBy(() -> rest.measureTime(RequestPurpose.LIVE)).hasMessageContaining("banned by the exchange");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | has nothing at this address            | Check hindcast.feeds.binance.rest-url",
                "302 | redirects requests to http://sign-in.example/?from=here (HTTP 302) | Sign in to the network",
                "451 | does not serve this location for legal reasons | https://api.binance.us",
                "403 | refuses requests from this address     | proxy or firewall",
                "400 | refused a request                      | retried",
                "410 | has nothing at this address            | retried",
                "200 | something that is not an answer of the exchange | sign-in page",
                "502 | has a server error                     | the fault is the exchange's"
            })
    void retriesAfterAnyUnusableAnswerAndNamesReasonAndRemedy(int status, String reason, String remedy)
            throws InterruptedException {
        simulator.faults().rest().page(status, 3);
        assertThat(day()).isEqualTo(dayOfTape());
        assertThat(waits.pauses()).hasSize(3);
        simulator.faults().rest().page(status, 100);
        assertThatThrownBy(this::day)
                .isInstanceOfSatisfying(
                        ExchangeUnavailableException.class,
                        lasting -> assertThat(lasting.remedy()).contains(remedy))
                .hasMessageContaining(reason)
                .hasMessageContaining(status == 200 ? "<html>" : "HTTP " + status);
        simulator.faults().clear();
        assertThat(day()).isEqualTo(dayOfTape());
    }

    @Test
    void returnsTheStatusOfSymbols() throws InterruptedException {
        assertThat(rest.tradingStatus(BTC, RequestPurpose.LIVE)).contains("TRADING");
        simulator.faults().markets().halt(BTC, "BREAK", NOW);
        assertThat(rest.tradingStatus(BTC, RequestPurpose.LIVE)).contains("BREAK");
        assertThat(rest.klines(BTC, NOW, NOW.plusSeconds(3600), RequestPurpose.LIVE))
                .isEmpty();
        assertThat(rest.tradingStatus(new Symbol("NOSUCH"), RequestPurpose.LIVE))
                .isEmpty();
        simulator.faults().markets().delist(BTC, true);
        assertThat(rest.tradingStatus(BTC, RequestPurpose.LIVE)).isEmpty();
    }

    @Test
    void requestsSymbolsOutsideAscii() throws InterruptedException {
        Symbol chinese = new Symbol("币安人生USDT");
        SyntheticTape other = new SyntheticTape(chinese, 1, LocalDate.of(2024, 1, 1));
        try (ExchangeSimulator lists = new ExchangeSimulator(List.of(other), NOW, 200).start();
                BinanceRest client = rest(Duration.ofSeconds(5), lists.restUrl())) {
            client.requireReachable();
            assertThat(client.tradingStatus(chinese, RequestPurpose.LIVE)).contains("TRADING");
            assertThat(client.klines(chinese, BEGIN, BEGIN.plusSeconds(600), RequestPurpose.LIVE))
                    .hasSize(10);
            assertThat(client.firstAtOrAfter(chinese, BEGIN, RequestPurpose.LIVE))
                    .contains(BEGIN);
        }
    }

    @Test
    void retriesWithGrowingJitteredWaitsWhenTheServerFails() throws InterruptedException {
        simulator.faults().rest().answer(503, 5, null);
        assertThat(day()).isEqualTo(dayOfTape());
        assertThat(waits.pauses()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            long full = 250L << i;
            assertThat(waits.pauses().get(i).toMillis()).isBetween(full / 2, full);
        }
    }

    @Test
    void retriesWhenAnswersAreCutOrGarbled() throws InterruptedException {
        simulator.faults().rest().cutBody(1);
        simulator.faults().rest().wrongBody(1);
        assertThat(day()).isEqualTo(dayOfTape());
        assertThat(waits.pauses()).hasSize(2);
    }

    @Test
    void givesUpOnAnAnswerThatNeverComes() throws InterruptedException {
        try (BinanceRest hasty = rest(Duration.ofMillis(200), simulator.restUrl())) {
            simulator.faults().rest().stall(1);
            assertThat(hasty.klines(BTC, BEGIN, BEGIN.plusSeconds(600), RequestPurpose.IMPORT))
                    .hasSize(10);
            assertThat(waits.pauses()).hasSize(1);
        }
    }

    @Test
    void limitsAttemptsAndWaits() {
        simulator.faults().rest().answer(500, 100, null);
        assertThatThrownBy(() -> rest.klines(BTC, BEGIN, BEGIN.plusSeconds(600), RequestPurpose.LIVE))
                .isInstanceOf(ExchangeUnavailableException.class)
                .hasMessageContaining("HTTP 500");
        assertThat(statuses).hasSize(3);
        simulator.faults().clear();
        simulator.faults().rest().answer(429, 1, Duration.ofSeconds(60));
        assertThatThrownBy(() -> rest.klines(BTC, BEGIN, BEGIN.plusSeconds(600), RequestPurpose.LIVE))
                .as("a repair beside a live stream never waits a minute")
                .isInstanceOf(ExchangeUnavailableException.class);
    }

    @Test
    void doesNotRetryForASymbolThatTheExchangeReportsAsInvalid() {
        assertThatThrownBy(() -> rest.klines(new Symbol("NOSUCH"), BEGIN, NOW, RequestPurpose.IMPORT))
                .isInstanceOf(UnknownSymbolException.class)
                .hasMessage("127.0.0.1 lists no symbol NOSUCH");
        assertThat(statuses).containsExactly(400);
    }

    @Test
    void measuresHowFarTheExchangesClockIsAhead() throws InterruptedException {
        simulator.faults().skew(Duration.ofSeconds(-90));
        rest.measureTime(RequestPurpose.LIVE);
        assertThat(rest.serverTime().skew()).isBetween(Duration.ofMillis(-90_100), Duration.ofMillis(-89_900));
        assertThat(rest.serverTime().now()).isBetween(NOW.minusMillis(90_100), NOW.minusMillis(89_900));
        List<Candle> bars = rest.klines(BTC, NOW.minusSeconds(600), NOW, RequestPurpose.IMPORT);
        assertThat(bars.getLast().openTime())
                .as("closed by the exchange's clock")
                .isEqualTo(Instant.parse("2024-01-04T11:58:00Z"));
    }

    @Test
    void waitsForTheNextMinuteBeforeItsWeightIsUsedUp() throws InterruptedException {
        // The simulator counts by the real minute, this client by the fake one, so it stops well before the limit.
        for (int i = 0; i < 268; i++) {
            rest.tradingStatus(BTC, RequestPurpose.IMPORT);
        }
        assertThat(waits.pauses()).isEmpty();
        rest.tradingStatus(BTC, RequestPurpose.IMPORT);
        rest.tradingStatus(BTC, RequestPurpose.IMPORT);
        assertThat(waits.pauses()).isNotEmpty();
        assertThat(waits.pauses().getFirst()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(statuses).doesNotContain(429);
    }

    @Test
    void namesTheAddressThatItCannotReach() {
        try (BinanceRest nowhere = rest(Duration.ofSeconds(1), URI.create("http://127.0.0.1:9"))) {
            assertThatThrownBy(nowhere::requireReachable)
                    .isInstanceOf(ExchangeUnreachableException.class)
                    .hasMessageStartingWith("Cannot reach Binance at http://127.0.0.1:9 (")
                    .hasMessageContaining("./hindcast demo");
        }
        try (BinanceRest unknown = rest(Duration.ofSeconds(5), URI.create("http://no-such-host.invalid"))) {
            assertThatThrownBy(unknown::requireReachable)
                    .isInstanceOf(ExchangeUnreachableException.class)
                    .hasMessageContaining("no-such-host.invalid (unknown host)");
        }
    }
}
