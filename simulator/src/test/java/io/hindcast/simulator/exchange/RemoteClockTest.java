package io.hindcast.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.synthetic.SyntheticTape;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteClockTest {

    private static final Instant START = Instant.parse("2024-01-03T00:00:00Z");

    @Test
    void followsTheSimulatorsClockHeldRunningAndAtAnotherSpeed() throws Exception {
        try (ExchangeSimulator exchange = new ExchangeSimulator(
                        List.of(new SyntheticTape(new Symbol("BTCUSDT"), 1, LocalDate.parse("2024-01-01"))), START, 10)
                .start()) {
            exchange.faults().rest().answer(429, 1, Duration.ofSeconds(1));
            try (RemoteClock clock = new RemoteClock(exchange.restUrl())) {
                assertThat(clock.instant()).isEqualTo(START);
                assertThat(clock.speed()).isEqualTo(10);

                exchange.run();
                await("it runs")
                        .atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(clock.instant())
                                .isAfter(START.plusSeconds(60))
                                .isCloseTo(exchange.instant(), within(20, ChronoUnit.SECONDS)));

                exchange.speed(1);
                await("it runs slower")
                        .atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(clock.speed()).isEqualTo(1));
                exchange.hold();
                await("it is held")
                        .atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(clock.instant())
                                .isCloseTo(exchange.instant(), within(1, ChronoUnit.MILLIS)));
            }
        }
    }

    @Test
    void failsWithoutASimulator() {
        assertThatThrownBy(() -> new RemoteClock(URI.create("http://127.0.0.1:1")).close())
                .isInstanceOf(IOException.class);
    }
}
