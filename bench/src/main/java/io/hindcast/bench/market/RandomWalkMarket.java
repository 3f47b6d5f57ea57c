package io.hindcast.bench.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Candles of a random walk with as many digits as those of the exchange, and the commands that record them. */
final class RandomWalkMarket {

    static final Symbol SYMBOL = new Symbol("BTCUSDT");
    static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    static final int PER_DAY = 1440;

    private RandomWalkMarket() {}

    static MarketDayId day(int number) {
        return new MarketDayId(SYMBOL, Interval.ONE_MINUTE, FIRST.plusDays(number));
    }

    static Instant midnight(int day) {
        return FIRST.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static List<Candle> bars(int day) {
        SplittableRandom random = new SplittableRandom(day);
        List<Candle> bars = new ArrayList<>(PER_DAY);
        long price = 4_000_000L + random.nextInt(100_000);
        for (int minute = 0; minute < PER_DAY; minute++) {
            long close = price + random.nextInt(-2_000, 2_001);
            BigDecimal volume = BigDecimal.valueOf(random.nextLong(100_000, 10_000_000), 5);
            BigDecimal quote = BigDecimal.valueOf(random.nextLong(1_000_000_000_000L, 90_000_000_000_000L), 8);
            bars.add(new Candle(
                    midnight(day).plusSeconds(60L * minute),
                    cents(price),
                    cents(Math.max(price, close) + random.nextInt(1_000)),
                    cents(Math.min(price, close) - random.nextInt(1_000)),
                    cents(close),
                    volume,
                    quote,
                    random.nextInt(1, 2_000),
                    volume.divide(BigDecimal.TWO),
                    quote.divide(BigDecimal.TWO)));
            price = close;
        }
        return bars;
    }

    private static BigDecimal cents(long value) {
        return BigDecimal.valueOf(value, 2);
    }

    static RecordCandles history(int day) {
        return history(day, bars(day));
    }

    static RecordCandles history(int day, List<Candle> bars) {
        MarketDayId id = day(day);
        return new RecordCandles(id, CandleSource.HISTORY, midnight(day + 1), Candles.of(id.day(), bars));
    }

    static RecordCandles live(int day, Candle bar) {
        MarketDayId id = day(day);
        return new RecordCandles(
                id, CandleSource.LIVE, bar.openTime().plusSeconds(60), Candles.of(id.day(), List.of(bar)));
    }
}
