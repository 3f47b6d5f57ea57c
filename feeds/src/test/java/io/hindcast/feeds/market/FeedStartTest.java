package io.hindcast.feeds.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Outage;
import io.hindcast.simulator.tape.Tape;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Import of history, going live, restart, and the end of an archive. */
@SuppressWarnings("FutureReturnValueIgnored")
class FeedStartTest extends FeedTestRig {

    @Test
    void importsHistoryGoesLiveAndRecordsEveryBarOnceInOrder() {
        Tape tape = market(BTC);
        FeedProcess process = new FeedProcess(List.of(tape), 3, 500).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(3));
        assertThat(bus.liveFrom(BTC)).contains(live);
        process.awaitBarsUpTo(BTC, live.plus(Duration.ofMinutes(1600)));
        assertEveryBarOnceAsOnTape(tape, BEGIN, live.plus(Duration.ofMinutes(1600)));
        bus.bars(BTC)
                .forEach((time, held) -> assertThat(held.getFirst().source())
                        .isEqualTo(time.isBefore(live) ? CandleSource.HISTORY : CandleSource.LIVE));
        assertThat(bus.reported()).isEmpty();
        assertThat(process.status.ready()).isTrue();
        assertThat(process.statusOf(BTC).counts().imported()).isEqualTo(3 * 1440);
        assertThat(List.copyOf(bus.liveOrder)).isSorted();
    }

    @Test
    void holdsTheMarketClockDuringTheImport() {
        bus.down(true);
        FeedProcess process = new FeedProcess(List.of(market(BTC)), 2, 500).start();
        await().atMost(PATIENCE)
                .until(() -> process.status.symbols().stream()
                        .anyMatch(s -> s.problem().isPresent()));
        assertThat(process.simulator.instant()).isEqualTo(BEGIN.plus(Duration.ofDays(2)));
        assertThat(process.status.ready()).isFalse();
        bus.down(false);
        process.awaitLive();
        process.awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(2)));
    }

    @Test
    void followsSeveralSymbolsAtOnce() {
        Tape btc = market(BTC);
        Tape eth = market(ETH);
        FeedProcess process = new FeedProcess(List.of(btc, eth), 1, 300).start().awaitLive();
        Instant until = BEGIN.plus(Duration.ofMinutes(1440 + 500));
        process.awaitBarsUpTo(BTC, until);
        process.awaitBarsUpTo(ETH, until);
        assertEveryBarOnceAsOnTape(btc, BEGIN, until);
        assertEveryBarOnceAsOnTape(eth, BEGIN, until);
    }

    @Test
    void followsASymbolWhoseNameIsNotAscii() {
        Symbol chinese = new Symbol("币安人生USDT");
        FeedProcess process =
                new FeedProcess(List.of(market(chinese)), 1, 200).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(1));
        process.awaitBarsUpTo(chinese, live.plusSeconds(60 * 50));
        assertEveryBarOnceAsOnTape(market(chinese), BEGIN, live.plusSeconds(60 * 50));
        bus.bars(chinese)
                .tailMap(live)
                .forEach((time, held) -> assertThat(held.getFirst().source())
                        .as("received over the stream")
                        .isEqualTo(CandleSource.LIVE));
    }

    @Test
    void continuesAfterARestartWithoutImportingAgain() {
        Tape tape = market(BTC);
        FeedProcess first = new FeedProcess(List.of(tape), 2, 300).start().awaitLive();
        Instant live = BEGIN.plus(Duration.ofDays(2));
        first.awaitBarsUpTo(BTC, live.plusSeconds(60 * 200));
        first.close();
        Instant stopped = Objects.requireNonNull(bus.last(BTC));
        int before = bus.commands().size();
        FeedProcess second =
                new FeedProcess(List.of(market(BTC)), 2, 300).start().awaitLive();
        assertThat(second.simulator.instant()).isAfterOrEqualTo(stopped.plusSeconds(60));
        second.awaitBarsUpTo(BTC, stopped.plusSeconds(60 * 300));
        assertEveryBarOnceAsOnTape(tape, BEGIN, stopped.plusSeconds(60 * 300));
        List<RecordCandles> after =
                bus.commands().subList(before, bus.commands().size());
        assertThat(after).noneMatch(command -> command.source() == CandleSource.HISTORY);
        assertThat(bus.reported()).isEmpty();
    }

    @Test
    void resumesAnImportThatWasKilledInTheMiddleWithoutAHole() {
        Tape tape = market(BTC);
        // The days 0 to 6 were in flight in fours when the process was killed: 4 and 6 got through, 5 did not.
        FeedProcess first = new FeedProcess(List.of(tape), 12, 300);
        bus.send(new OpenMarket(BTC, Interval.ONE_MINUTE, tape.origin(), tape.description(), Instant.EPOCH));
        for (int day : new int[] {0, 1, 2, 3, 4, 6}) {
            LocalDate date = ORIGIN.plusDays(day);
            List<Candle> bars = Objects.requireNonNull(tape.day(date)).candles(0, Long.MAX_VALUE);
            bus.record(RecordCandles.of(
                    BTC,
                    Interval.ONE_MINUTE,
                    date,
                    CandleSource.HISTORY,
                    BEGIN.plus(Duration.ofDays(30)),
                    Candles.of(date, bars)));
        }
        int before = bus.commands().size();
        first.start().awaitLive();
        assertEveryBarOnceAsOnTape(tape, BEGIN, BEGIN.plus(Duration.ofDays(12)).minusSeconds(60));
        assertThat(bus.commands().subList(before, bus.commands().size()))
                .as("days that surely are held are not imported again")
                .noneMatch(command -> command.marketDay().day().isBefore(ORIGIN.plusDays(2)));
    }

    @Test
    void stopsAtTheEndOfAnArchiveAndReportsIt() {
        EndingTape tape = new EndingTape(market(BTC), BEGIN.plus(Duration.ofMinutes(1440 + 200)));
        FeedProcess process = new FeedProcess(List.of(tape), 1, 300).start().awaitLive();
        await().atMost(PATIENCE).until(process.status::archiveFinished);
        process.awaitBarsUpTo(BTC, tape.last);
        assertThat(process.simulator.instant()).isEqualTo(tape.last.plusSeconds(60));
        assertThat(process.simulator.connections()).isEqualTo(1);
        assertThat(process.status.ready()).isTrue();
        assertThat(process.statusOf(BTC).state()).isEqualTo(FeedState.FINISHED);
        assertThat(process.meters.get("hindcast.feed.archive.finished").gauge().value())
                .isEqualTo(1);
        assertEveryBarOnceAsOnTape(tape, BEGIN, tape.last);
        process.close();
        FeedProcess again = new FeedProcess(List.of(tape), 1, 300).start();
        await().atMost(PATIENCE).until(again.status::archiveFinished);
        assertThat(again.status.ready()).isTrue();
        assertThat(bus.reported()).isEmpty();
    }

    @Test
    void reportsThatAMarketOfAnotherOriginCannotBeFollowed() {
        bus.send(new OpenMarket(BTC, Interval.ONE_MINUTE, MarketOrigin.EXCHANGE, "api.binance.com", Instant.EPOCH));
        FeedProcess process = new FeedProcess(List.of(market(BTC)), 1, 300).start();
        await().atMost(PATIENCE)
                .until(() -> process.status.symbols().stream().anyMatch(s -> s.state() == FeedState.FAILED));
        assertThat(process.statusOf(BTC).problem().orElseThrow()).contains("SYNTHETIC");
    }

    @Test
    void runsTheClockForTheOthersWhenAMarketCannotBeFollowed() {
        bus.send(new OpenMarket(ETH, Interval.ONE_MINUTE, MarketOrigin.EXCHANGE, "api.binance.com", Instant.EPOCH));
        FeedProcess process = new FeedProcess(List.of(market(BTC), market(ETH)), 1, 300)
                .start()
                .awaitLive();
        process.awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 100));
        assertThat(process.statusOf(ETH).state()).isEqualTo(FeedState.FAILED);
        assertThat(process.outage("feed of ETHUSDT").orElseThrow().summary())
                .contains("ETHUSDT cannot be followed")
                .contains("SYNTHETIC")
                .contains("another data folder");
    }

    @Test
    void waitsForTheLogAndReportsIt() {
        bus.mute(true);
        FeedProcess process = new FeedProcess(List.of(market(BTC)), 1, 300).start();
        Outage outage = process.awaitOutage("feed of BTCUSDT");
        assertThat(outage.problem()).contains("the log holds of BTCUSDT");
        assertThat(outage.remedy()).contains("role command");
        bus.mute(false);
        process.awaitLive().awaitBarsUpTo(BTC, BEGIN.plus(Duration.ofDays(1)).plusSeconds(60 * 20));
        assertThat(process.outage("feed of BTCUSDT")).isEmpty();
    }
}
