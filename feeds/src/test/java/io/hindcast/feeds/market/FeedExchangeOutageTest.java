package io.hindcast.feeds.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hindcast.feeds.binance.ExchangeUnreachableException;
import io.hindcast.runtime.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recovery from answers of the exchange that are unusable. */
class FeedExchangeOutageTest extends FeedTestRig {

    @Test
    void failsAtOnceWhenNothingAnswersAtTheExchangesAddress() {
        FeedProcess process = new FeedProcess(List.of(market(BTC)), 1, 300);
        process.simulator.close();
        assertThatThrownBy(process::start)
                .isInstanceOf(ExchangeUnreachableException.class)
                .hasMessageContaining(process.simulator.restUrl().toString())
                .hasMessageContaining("./hindcast demo");
        assertThat(process.service.isRunning()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 302, 451, 403, 400, 418, 500, 200})
    void recoversFromAnyUnusableAnswer(int status) {
        FeedProcess process = new FeedProcess(List.of(market(BTC)), 1, 300);
        process.start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 20));
        if (status == 418) {
            process.simulator.faults().rest().ban(Instant.now().plusSeconds(4), 1);
        } else {
            process.simulator.faults().rest().page(status, 12);
        }
        Instant missing =
                process.simulator.instant().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60 * 30);
        process.simulator.faults().streams().skipBar(missing);
        process.awaitOutage("gap repair of BTCUSDT");
        await().atMost(PATIENCE).until(() -> bus.bars(BTC).containsKey(missing));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
        assertThat(process.statusOf(BTC).state()).isEqualTo(FeedState.LIVE);
    }

    @ParameterizedTest
    @CsvSource({"404, has nothing at this address", "302, sign-in.example", "451, for legal reasons", "200, <html>"})
    void reportsWhyItCannotImportAndContinuesOnceAnswersAreUsable(int status, String reason) {
        FeedProcess process = new FeedProcess(List.of(market(BTC)), 1, 300);
        process.simulator.faults().rest().page(status, 60);
        process.start();
        Outage outage = process.awaitOutage("exchange 127.0.0.1");
        assertThat(outage.problem()).contains(reason);
        assertThat(outage.remedy()).contains(status == 451 ? "api.binance.us" : "retried");
        assertThat(process.status.ready()).isFalse();
        process.simulator.faults().clear();
        process.awaitLive().awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 20));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
    }
}
