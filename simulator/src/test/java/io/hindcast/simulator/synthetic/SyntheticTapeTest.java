package io.hindcast.simulator.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.simulator.tape.TapeDay;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SyntheticTapeTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final LocalDate ORIGIN = LocalDate.of(2024, 1, 1);

    private static List<Candle> bars(SyntheticTape tape, LocalDate day) {
        TapeDay bars = Objects.requireNonNull(tape.day(day));
        return bars.candles(0, Long.MAX_VALUE);
    }

    private static double[] returns(int days) {
        SyntheticTape tape = new SyntheticTape(BTC, 1, ORIGIN);
        List<Candle> all = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            all.addAll(bars(tape, ORIGIN.plusDays(day)));
        }
        double[] returns = new double[all.size() - 1];
        for (int i = 1; i < all.size(); i++) {
            returns[i - 1] = Math.log(
                    all.get(i).close().doubleValue() / all.get(i - 1).close().doubleValue());
        }
        return returns;
    }

    private static double correlation(double[] a, double[] b, int lag) {
        int n = a.length - lag;
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < n; i++) {
            meanA += a[i] / n;
            meanB += b[i + lag] / n;
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < n; i++) {
            ab += (a[i] - meanA) * (b[i + lag] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i + lag] - meanB) * (b[i + lag] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void dependsOnTheSeedOnlyNotOnTheOrderOfRequests() {
        SyntheticTape forward = new SyntheticTape(BTC, 1, ORIGIN);
        SyntheticTape backward = new SyntheticTape(BTC, 1, ORIGIN);
        List<List<Candle>> first = new ArrayList<>();
        for (int day = 0; day < 150; day += 3) {
            first.add(bars(forward, ORIGIN.plusDays(day)));
        }
        for (int day = 147; day >= 0; day -= 3) {
            assertThat(bars(backward, ORIGIN.plusDays(day))).isEqualTo(first.get(day / 3));
        }
        assertThat(bars(forward, ORIGIN))
                .as("generated again after its removal from memory")
                .isEqualTo(first.getFirst());
    }

    @Test
    void differsBySeedAndBySymbol() {
        List<Candle> one = bars(new SyntheticTape(BTC, 1, ORIGIN), ORIGIN);
        assertThat(bars(new SyntheticTape(BTC, 2, ORIGIN), ORIGIN)).isNotEqualTo(one);
        assertThat(bars(new SyntheticTape(new Symbol("BTCEUR"), 1, ORIGIN), ORIGIN))
                .isNotEqualTo(one);
    }

    @Test
    void staysTheSameForASeedForEver() {
        // Generated bars are in users' logs: another algorithm needs another version number in the description.
        Candle bar =
                bars(new SyntheticTape(BTC, 1, ORIGIN), ORIGIN.plusDays(40)).get(777);
        assertThat(bar)
                .hasToString("Candle[openTime=2024-02-10T12:57:00Z, open=58417.4, high=58468.46, low=58416.33,"
                        + " close=58464.73, volume=32.25715, quoteVolume=1885163.6508695, trades=660,"
                        + " takerBuyVolume=21.89267, takerBuyQuoteVolume=1279445.5091191]");
    }

    @Test
    void generatesPossibleBarsInWholeTicksEveryMinuteForYears() {
        for (Symbol symbol : new Symbol[] {BTC, new Symbol("SOLUSDT")}) {
            SyntheticTape tape = new SyntheticTape(symbol, 3, ORIGIN);
            BigDecimal lowest = new BigDecimal("1e12");
            BigDecimal highest = BigDecimal.ZERO;
            for (int day = 0; day < 250; day++) {
                List<Candle> bars = bars(tape, ORIGIN.plusDays(day)); // the Candle constructor validates each
                assertThat(bars).hasSize(1440);
                for (Candle bar : bars) {
                    lowest = lowest.min(bar.low());
                    highest = highest.max(bar.high());
                }
                assertThat(bars)
                        .allMatch(
                                bar -> bar.close().scale() <= 2 && bar.volume().scale() <= 5);
            }
            assertThat(highest.doubleValue() / lowest.doubleValue()).isBetween(1.1, 40.0);
        }
    }

    @Test
    void continuesWhereTheDayBeforeEnded() {
        SyntheticTape tape = new SyntheticTape(BTC, 1, ORIGIN);
        for (int day = 1; day < 60; day++) {
            Candle last = bars(tape, ORIGIN.plusDays(day - 1)).getLast();
            Candle first = bars(tape, ORIGIN.plusDays(day)).getFirst();
            assertThat(first.open().subtract(last.close()).abs()).isLessThanOrEqualTo(new BigDecimal("0.05"));
        }
    }

    @Test
    void hasClusteredVolatilityFatTailsAndWeakAutocorrelationOnly() {
        double[] returns = returns(120);
        double[] sizes = new double[returns.length];
        double second = 0;
        double fourth = 0;
        for (int i = 0; i < returns.length; i++) {
            sizes[i] = Math.abs(returns[i]);
            second += returns[i] * returns[i] / returns.length;
            fourth += Math.pow(returns[i], 4) / returns.length;
        }
        double deviation = Math.sqrt(second);
        assertThat(deviation).isBetween(0.0003, 0.0012);
        assertThat(fourth / (second * second)).isGreaterThan(5);
        assertThat(correlation(sizes, sizes, 1)).isGreaterThan(0.15);
        assertThat(correlation(sizes, sizes, 60)).isGreaterThan(0.08);
        assertThat(Math.abs(correlation(returns, returns, 1))).isLessThan(0.12);
    }

    @Test
    void hasTakerFlowThatSlightlyPredictsTheNextMinute() {
        SyntheticTape tape = new SyntheticTape(BTC, 1, ORIGIN);
        List<Candle> all = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            all.addAll(bars(tape, ORIGIN.plusDays(day)));
        }
        double[] share = new double[all.size()];
        double[] next = new double[all.size()];
        for (int i = 0; i < all.size(); i++) {
            Candle bar = all.get(i);
            share[i] = bar.takerBuyVolume().doubleValue() / bar.volume().doubleValue();
            next[i] = Math.signum(bar.close().subtract(bar.open()).doubleValue());
        }
        assertThat(correlation(share, next, 1)).isBetween(0.02, 0.15);
    }

    @Test
    void isMarkedAsSynthetic() {
        SyntheticTape tape = new SyntheticTape(BTC, 7, ORIGIN);
        assertThat(tape.origin()).isEqualTo(MarketOrigin.SYNTHETIC);
        assertThat(tape.description()).contains("seed 7");
        assertThat(tape.lastOpenTime()).isEmpty();
        assertThat(tape.day(ORIGIN.minusDays(1))).isNull();
    }
}
