package io.hindcast.ml;

import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.KnownBar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A seeded random walk with slight mean reversion, so that there is something to learn. */
public final class RandomMarket {

    public static final long MINUTE = 60_000;
    public static final long MIDNIGHT = Instant.parse("2024-03-04T00:00:00Z").toEpochMilli();

    private RandomMarket() {}

    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Generates {@code count} bars without a gap from {@code openTime} on. */
    public static List<Bar> bars(long openTime, int count, long seed) {
        RandomGenerator random = random(seed);
        List<Bar> bars = new ArrayList<>(count);
        double close = 20_000 + 1_000 * random.nextDouble();
        double lastChange = 0;
        double volatility = 0.0005;
        for (int i = 0; i < count; i++) {
            volatility = Math.max(0.0001, volatility * StrictMath.exp(0.05 * random.nextGaussian()));
            volatility += 0.02 * (0.0005 - volatility);
            double open = close;
            double change = volatility * random.nextGaussian() - 0.35 * lastChange;
            close = Math.rint(open * (1 + change) * 100) / 100;
            lastChange = change;
            double high = Math.max(open, close) * (1 + volatility * random.nextDouble());
            double low = Math.min(open, close) * (1 - volatility * random.nextDouble());
            long trades = random.nextInt(20) == 0 ? 0 : random.nextInt(1, 500);
            double volume = trades * random.nextDouble(0.001, 0.1);
            double bought = volume * random.nextDouble();
            bars.add(new Bar(
                    openTime + i * MINUTE,
                    open,
                    high,
                    low,
                    close,
                    volume,
                    volume * close,
                    trades,
                    bought,
                    bought * close));
        }
        return bars;
    }

    /** Returns bars as in imported history: revision 0, known at their own close. */
    public static List<KnownBar> asHistory(List<Bar> bars) {
        return bars.stream().map(KnownBar::atClose).toList();
    }
}
