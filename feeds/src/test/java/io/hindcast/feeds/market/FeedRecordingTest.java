package io.hindcast.feeds.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.simulator.tape.Tape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recording of bars: known times, refusals, and recovery from failures of the database. */
class FeedRecordingTest extends FeedTestRig {

    @Test
    void recordsLaterCommandsWithLaterKnownTimes() {
        FeedProcess process = new FeedProcess(List.of(market(BTC)), 1, 300);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 10; i < 400; i += 10) {
            process.simulator.faults().streams().skipBar(live.plusSeconds(60L * i));
            process.simulator.faults().streams().lateBar(live.plusSeconds(60L * (i + 3)), Duration.ofMinutes(2));
        }
        process.start().awaitLive().awaitBarsUpTo(BTC, live.plusSeconds(60 * 400));
        List<Instant> known = bus.commands().stream()
                .filter(command -> command.source() != CandleSource.HISTORY)
                .map(RecordCandles::knownAt)
                .toList();
        for (int i = 1; i < known.size(); i++) {
            assertThat(known.get(i).toEpochMilli())
                    .isGreaterThan(known.get(i - 1).toEpochMilli());
        }
    }

    @Test
    void recordsBarsAsKnownBetweenTheirCloseAndNow() {
        FeedProcess process =
                new FeedProcess(List.of(market(BTC)), 1, 200).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 200));
        Instant now = process.simulator.instant();
        bus.bars(BTC)
                .tailMap(live)
                .forEach((time, held) -> assertThat(held.getFirst().knownAt())
                        .isBetween(
                                time.plusSeconds(60),
                                now.isAfter(time.plusSeconds(60)) ? now.plusSeconds(600) : Instant.MAX));
    }

    @Test
    void recoversFromADatabaseOutage() {
        Tape tape = market(BTC);
        FeedProcess process = new FeedProcess(List.of(tape), 1, 300).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 100));
        bus.down(true);
        await().atMost(PATIENCE).until(() -> process.statusOf(BTC).state() == FeedState.RECOVERING);
        assertThat(process.status.ready()).isFalse();
        bus.down(false);
        await().atMost(PATIENCE).until(() -> process.statusOf(BTC).state() == FeedState.LIVE);
        Instant now = process.simulator.instant();
        process.awaitBarsUpTo(BTC, now.plusSeconds(60 * 200));
        assertEveryBarOnceAsOnTape(tape, BEGIN, now);
    }

    @Test
    void retriesCommandsThatFailNowAndThen() {
        Tape tape = market(BTC);
        bus.fail(2);
        FeedProcess process = new FeedProcess(List.of(tape), 1, 300).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        for (int i = 1; i < 5; i++) {
            process.awaitBarsUpTo(BTC, live.plusSeconds(60L * 60 * i));
            bus.fail(2);
        }
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 400));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 400));
    }

    @Test
    void refusesOneBadBarAloneAndContinues() {
        Tape tape = market(BTC);
        Instant live = BEGIN.plus(Duration.ofDays(1));
        Instant badHistory = BEGIN.plusSeconds(60 * 700);
        bus.refuse(bar -> bar.openTime().equals(badHistory));
        FeedProcess process = new FeedProcess(List.of(tape), 1, 300).start().awaitLive();
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 50));
        assertThat(bus.bars(BTC)).doesNotContainKey(badHistory);
        assertEveryBarOnceAsOnTape(tape, BEGIN, badHistory.minusSeconds(60));
        assertEveryBarOnceAsOnTape(tape, badHistory.plusSeconds(60), live.plusSeconds(60 * 50));
        assertThat(process.statusOf(BTC).counts().refused()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void recoversFromAnErrorDuringATurn() {
        Tape tape = market(BTC);
        FeedProcess process = new FeedProcess(List.of(tape), 1, 200).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(BTC, live.plusSeconds(60 * 50));
        bus.throwOnce(new OutOfMemoryError("no memory for a moment"));
        await().atMost(PATIENCE)
                .until(() -> process.meters
                                .counter("hindcast.loop.failures", "part", "feed of BTCUSDT")
                                .count()
                        > 0);
        process.awaitBarsUpTo(BTC, process.simulator.instant().plusSeconds(60 * 100));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plusSeconds(60 * 100));
        await().atMost(PATIENCE).until(() -> process.outages.current().isEmpty());
    }
}
