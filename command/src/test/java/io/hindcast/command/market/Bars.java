package io.hindcast.command.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.RecordCandles;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Bars for tests: minute {@code m} in variant {@code v} always has the same values. */
final class Bars {

    static final MarketDayId DAY = MarketDayId.parse("BTCUSDT:1m:2022-01-01");

    private Bars() {}

    static Candle bar(MarketDayId day, int minute, int variant) {
        BigDecimal base = new BigDecimal("47000.01").add(BigDecimal.valueOf(minute * 10L + variant, 1));
        return new Candle(
                day.openTime(minute),
                base,
                base.add(BigDecimal.TEN),
                base.subtract(BigDecimal.TEN),
                base.add(BigDecimal.ONE),
                new BigDecimal("12.5"),
                new BigDecimal("587500.125"),
                100 + minute,
                new BigDecimal("6.25"),
                new BigDecimal("293750.5"));
    }

    static Candle bar(int minute) {
        return bar(DAY, minute, 0);
    }

    static List<Candle> bars(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Bars::bar).toList();
    }

    static Candles columns(List<Candle> bars) {
        return Candles.of(DAY.day(), bars);
    }

    static Instant at(int minute) {
        return DAY.openTime(minute);
    }

    /** Returns a command received exactly when the last of the bars closed. */
    static RecordCandles record(CandleSource source, List<Candle> bars) {
        Instant last =
                bars.stream().map(Candle::openTime).max(Instant::compareTo).orElse(at(0));
        return new RecordCandles(DAY, source, last.plusSeconds(60), columns(bars));
    }

    static RecordCandles record(CandleSource source, Candle... bars) {
        return record(source, List.of(bars));
    }

    static CandlesRecorded recorded(RecordCandles command, int... revisions) {
        List<Integer> revision = new ArrayList<>();
        for (int row = 0; row < command.candles().size(); row++) {
            revision.add(revisions.length == 0 ? 0 : revisions[row]);
        }
        return new CandlesRecorded(
                command.marketDay(), command.source(), command.knownAt(), command.candles(), revision);
    }

    static CandlesRecorded recorded(CandleSource source, List<Candle> bars) {
        return recorded(record(source, bars));
    }
}
