package io.hindcast.feeds.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.runtime.SharedData;
import io.hindcast.simulator.archive.ArchiveTape;
import io.hindcast.simulator.tape.Tape;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Gaps, late bars and corrections. */
class FeedGapRepairTest extends FeedTestRig {

    @Test
    void repairsBarsMissingFromTheStreamByRest() {
        Tape tape = market(BTC);
        FeedProcess process = new FeedProcess(List.of(tape), 1, 200);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 100; i < 110; i++) {
            process.simulator.faults().streams().skipBar(live.plusSeconds(60L * i));
        }
        process.start().awaitLive().awaitBarsUpTo(BTC, live.plusSeconds(60 * 400));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 400));
        assertThat(bus.reported()).anyMatch(gap -> gap.fromMinute() == 100 && gap.toMinute() == 109);
        assertThat(Objects.requireNonNull(bus.bars(BTC).get(live.plusSeconds(60 * 105)))
                        .getFirst()
                        .source())
                .isEqualTo(CandleSource.REPAIR);
        assertThat(bus.confirmed()).isEmpty();
    }

    @Test
    void confirmsAGapThatTheExchangeHasNoBarsFor() {
        FeedProcess process = new FeedProcess(List.of(market(BTC)), 1, 200);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.simulator.faults().markets().outage(live.plusSeconds(60 * 50), live.plusSeconds(60 * 130));
        process.start().awaitLive();
        await().atMost(PATIENCE).until(() -> !bus.confirmed().isEmpty());
        assertThat(bus.confirmed().getFirst().fromMinute()).isEqualTo(50);
        assertThat(bus.confirmed().getFirst().toMinute()).isEqualTo(129);
        assertThat(bus.reported()).anyMatch(gap -> gap.fromMinute() == 50 && gap.toMinute() == 129);
        assertThat(bus.count(BTC)).isPositive();
        assertThat(process.statusOf(BTC).openGaps()).isZero();
    }

    @Test
    void recordsLateAndRepeatedBarsOnce() {
        Tape tape = market(BTC);
        FeedProcess process = new FeedProcess(List.of(tape), 1, 200);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 50; i < 300; i += 10) {
            process.simulator.faults().streams().lateBar(live.plusSeconds(60L * i), Duration.ofSeconds(200));
            process.simulator.faults().streams().duplicateBar(live.plusSeconds(60L * (i + 5)));
        }
        process.start().awaitLive().awaitBarsUpTo(BTC, live.plusSeconds(60 * 400));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 400));
        assertThat(process.statusOf(BTC).counts().duplicates()).isGreaterThan(20);
    }

    @Test
    void losesNothingWhenConnectionsDropAndMessagesAreGarbled() {
        Tape tape = market(BTC);
        FeedProcess process = new FeedProcess(List.of(tape), 1, 300);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 20; i < 2000; i += 20) {
            process.simulator.faults().streams().malformedMessage(live.plusSeconds(60L * i));
        }
        process.start().awaitLive();
        for (int i = 1; i <= 5; i++) {
            process.awaitBarsUpTo(BTC, live.plusSeconds(60L * 100 * i));
            await().atMost(PATIENCE).until(() -> process.simulator.connections() > 0);
            process.simulator.faults().streams().dropConnections();
        }
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 900));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 900));
        assertThat(process.status.reconnects()).isGreaterThanOrEqualTo(4);
        assertThat(process.meters.get("hindcast.feed.malformed").counter().count())
                .isGreaterThan(10);
    }

    @Test
    void detectsASilentStreamAndFetchesTheMissedBars() {
        Tape tape = market(BTC);
        stallCheck = Duration.ofMillis(300);
        FeedProcess process = new FeedProcess(List.of(tape), 1, 20).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 5));
        process.simulator.faults().streams().silence(true);
        // REST catches up although the stream is silent
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 60));
        process.simulator.faults().streams().silence(false);
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 90));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 90));
    }

    @Test
    void recordsACorrectionByTheExchangeAsANewRevision() {
        Tape tape = market(BTC);
        FeedProcess process = new FeedProcess(List.of(tape), 1, 20).start().awaitLive();
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
        process.simulator.faults().markets().revise(BTC, now);
        await().atMost(PATIENCE)
                .until(() ->
                        Objects.requireNonNull(bus.bars(BTC).get(corrected)).size() == 2);
        List<FakeMarketBus.Held> held = Objects.requireNonNull(bus.bars(BTC).get(corrected));
        assertThat(held.getFirst().bar()).isEqualTo(was);
        assertThat(held.getLast().bar()).isEqualTo(now);
        assertThat(held.getLast().knownAt()).isAfter(held.getFirst().knownAt());
        assertThat(held.getLast().source()).isEqualTo(CandleSource.REPAIR);
    }

    @Test
    void searchesForGapsOfAnEarlierProcessUntilTheExchangeAnswers() {
        Tape tape = market(BTC);
        FeedProcess first = new FeedProcess(List.of(tape), 1, 200);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        first.start().awaitLive().awaitBarsUpTo(BTC, live.plusSeconds(60 * 50));
        first.close();
        Instant lost = live.plusSeconds(60 * 30);
        bus.forget(BTC, lost);
        FeedProcess second = new FeedProcess(List.of(tape), 1, 20);
        second.start().awaitLive();
        // Whichever request comes first, more fail than one search tries.
        second.simulator.faults().rest().answer(503, 20, null);
        await().atMost(PATIENCE).until(() -> bus.bars(BTC).containsKey(lost));
    }

    @Test
    void confirmsTheRealOutageOfMarch2023() {
        Tape tape = ArchiveTape.open(SharedData.file("btcusdt-1m-2023-01-01-2023-03-31.csv.gz"));
        Instant from = Instant.parse("2023-03-23T00:00:00Z");
        FeedProcess process =
                new FeedProcess(List.of(tape), from, 1, 400).start().awaitLive();
        await().atMost(PATIENCE).until(() -> !bus.confirmed().isEmpty());
        assertThat(bus.confirmed().getFirst().fromMinute()).isEqualTo(12 * 60 + 40);
        assertThat(bus.confirmed().getFirst().toMinute()).isEqualTo(13 * 60 + 59);
        Instant until = Instant.parse("2023-03-24T16:00:00Z");
        process.awaitBarsUpTo(BTC, until);
        assertEveryBarOnceAsOnTape(tape, from, Instant.parse("2023-03-24T12:39:00Z"));
        assertEveryBarOnceAsOnTape(tape, Instant.parse("2023-03-24T14:00:00Z"), until);
    }

    @Test
    void reportsAndConfirmsAnOutageInsideHistory() {
        Tape tape = ArchiveTape.open(SharedData.file("btcusdt-1m-2023-01-01-2023-03-31.csv.gz"));
        new FeedProcess(List.of(tape), Instant.parse("2023-03-23T00:00:00Z"), 3, 1)
                .start()
                .awaitLive();
        assertThat(bus.reported()).singleElement().matches(gap -> gap.fromMinute() == 760 && gap.toMinute() == 839);
        assertThat(bus.confirmed()).singleElement().matches(gap -> gap.fromMinute() == 760 && gap.toMinute() == 839);
        assertThat(bus.count(BTC)).isEqualTo(3 * 1440 - 80);
    }
}
