package io.hindcast.history.market;

import io.hindcast.api.market.Candle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A seeded random walk of one-minute bars. */
public final class RandomWalk {

    private RandomWalk() {}

    /** Returns {@code count} bars from {@code from} on, the same for the same seed. */
    public static List<Candle> bars(Instant from, int count, long seed) {
        Random random = new Random(seed);
        List<Candle> bars = new ArrayList<>();
        double price = 20_000;
        for (int i = 0; i < count; i++) {
            double open = price;
            double drift = random.nextGaussian() * 8 + (i % 40 < 20 ? 1.5 : -1.5);
            double close = Math.max(100, open + drift);
            double high = Math.max(open, close) + random.nextDouble() * 5;
            double low = Math.min(open, close) - random.nextDouble() * 5;
            double volume = 5 + random.nextDouble() * 20;
            double taker = volume * random.nextDouble();
            bars.add(new Candle(
                    from.plusSeconds(60L * i),
                    cents(open),
                    cents(high + 0.02),
                    cents(low - 0.02),
                    cents(close),
                    cents(volume),
                    cents(volume * close),
                    50 + random.nextInt(100),
                    cents(taker).min(cents(volume)),
                    cents(taker * close).min(cents(volume * close))));
            price = close;
        }
        return bars;
    }

    private static BigDecimal cents(double value) {
        return BigDecimal.valueOf(Math.round(value * 100), 2);
    }
}
