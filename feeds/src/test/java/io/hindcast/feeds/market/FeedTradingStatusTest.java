package io.hindcast.feeds.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.runtime.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Symbols that the exchange does not trade. */
class FeedTradingStatusTest extends FeedTestRig {

    @Test
    void reportsAnUnlistedSymbolAndFollowsItOnceItIsListed() {
        FeedProcess process = new FeedProcess(List.of(market(BTC), market(ETH)), 1, 300);
        process.simulator.faults().markets().delist(ETH, true);
        process.start().awaitLive();
        Outage outage = process.awaitOutage("feed of ETHUSDT");
        assertThat(outage.problem()).isEqualTo("ETHUSDT is not followed: 127.0.0.1 lists no such symbol");
        assertThat(outage.remedy()).contains("Check how it is written");
        process.awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 30));
        assertThat(bus.liveFrom(ETH)).as("no market, no training").isEmpty();
        process.simulator.faults().markets().delist(ETH, false);
        process.awaitBarsUpTo(ETH, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 100));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
    }

    @Test
    void reportsTheStatusOfAnUntradedSymbolAndDoesNotGoLive() {
        FeedProcess process = new FeedProcess(List.of(market(BTC), market(ETH)), 1, 300);
        process.simulator.faults().markets().halt(ETH, "BREAK", BEGIN);
        process.start().awaitLive();
        Outage outage = process.awaitOutage("feed of ETHUSDT");
        assertThat(outage.severity()).isEqualTo(Outage.Severity.DOWN);
        assertThat(outage.problem()).contains("ETHUSDT").contains("BREAK, not TRADING");
        assertThat(process.statusOf(ETH).state()).isEqualTo(FeedState.SUSPENDED);
        assertThat(process.status.ready()).isFalse();
        process.awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 300));
        assertThat(process.statusOf(BTC).state()).isEqualTo(FeedState.LIVE);
        assertThat(bus.liveFrom(ETH)).isEmpty();
        assertThat(bus.count(ETH)).isZero();
        process.simulator.faults().clear();
        process.awaitBarsUpTo(ETH, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 400));
        assertEveryBarOnceAsOnTape(
                market(ETH), BEGIN, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 400));
    }

    @Test
    void doesNotGoLiveWithASymbolThatHasNoBarsYet() {
        FeedProcess process = new FeedProcess(List.of(market(BTC), market(ETH)), 1, 300);
        process.simulator.faults().markets().halt(ETH, "TRADING", BEGIN);
        process.start().awaitLive();
        assertThat(process.awaitOutage("feed of ETHUSDT").problem()).contains("has no bars of it before");
        assertThat(bus.liveFrom(ETH)).isEmpty();
        process.simulator.faults().clear();
        process.awaitBarsUpTo(ETH, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 50));
    }

    @Test
    void checksLessOftenWhileAFollowedSymbolIsHaltedAndThenContinues() throws InterruptedException {
        stallCheck = Duration.ofMillis(20);
        FeedProcess process =
                new FeedProcess(List.of(market(BTC)), 1, 60).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 20));
        process.simulator.faults().markets().halt(BTC, "HALT", process.simulator.instant());
        Outage outage = process.awaitOutage("feed of BTCUSDT");
        assertThat(outage.problem()).contains("BTCUSDT").contains("HALT, not TRADING");
        assertThat(process.statusOf(BTC).state()).isEqualTo(FeedState.SUSPENDED);
        double before = process.answers();
        Instant from = process.simulator.instant();
        await().atMost(PATIENCE).until(() -> process.simulator.instant().isAfter(from.plusSeconds(60 * 120)));
        // Two seconds: a check every 20 ms would be a hundred, with two requests each.
        assertThat(process.answers() - before).isLessThan(40);
        process.simulator.faults().markets().resume(BTC, process.simulator.instant());
        await().atMost(PATIENCE).until(() -> process.statusOf(BTC).state() == FeedState.LIVE);
        process.awaitBarsUpTo(BTC, process.simulator.instant().plusSeconds(60 * 20));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
        await().atMost(PATIENCE).until(() -> !bus.confirmed().isEmpty());
    }

    @Test
    void reportsAnUntradedSymbolAfterARestart() {
        FeedProcess first =
                new FeedProcess(List.of(market(BTC)), 1, 100).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        first.awaitBarsUpTo(BTC, live.plusSeconds(60 * 20));
        first.close();
        FeedProcess second = new FeedProcess(List.of(market(BTC)), 1, 100);
        second.simulator.faults().markets().halt(BTC, "BREAK", Objects.requireNonNull(bus.last(BTC)));
        second.start();
        assertThat(second.awaitOutage("feed of BTCUSDT").problem()).contains("BREAK");
        assertThat(second.status.ready()).isFalse();
    }
}
