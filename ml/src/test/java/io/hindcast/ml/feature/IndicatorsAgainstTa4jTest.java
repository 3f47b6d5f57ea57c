package io.hindcast.ml.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.RealCandles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.ta4j.core.BaseBarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.bollinger.PercentBIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.FixedNumIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNumFactory;

/**
 * Compares indicators with those of an independent library. It starts recursive means with the first value, ours start
 * with the mean of the first n (as Wilder's), so they are compared after 600 bars, when the start weighs less than
 * 1e-18.
 */
class IndicatorsAgainstTa4jTest {

    private static final int FADED = 600;
    private static final double RELATIVE = 1e-9;

    @Test
    void agreesOnGeneratedBars() {
        compare(RandomMarket.bars(RandomMarket.MIDNIGHT, 1440, 7));
    }

    @Test
    void agreesOnRealBars() {
        compare(RealCandles.btcusdt(Instant.parse("2022-01-05T00:00:00Z"), Instant.parse("2022-01-06T00:00:00Z")));
    }

    @Test
    void exponentialMovingAverageAgreesAfterWarmUp() {
        List<Bar> bars = RandomMarket.bars(RandomMarket.MIDNIGHT, 1000, 8);
        EMAIndicator theirs = new EMAIndicator(new ClosePriceIndicator(series(bars)), 26);
        Smoothed ours = Smoothed.exponential(26);
        for (int i = 0; i < bars.size(); i++) {
            ours.add(bars.get(i).close());
            if (i >= FADED) {
                double expected = theirs.getValue(i).doubleValue();
                assertThat(ours.value()).isCloseTo(expected, within(RELATIVE * expected));
            }
        }
    }

    private static void compare(List<Bar> bars) {
        BaseBarSeries series = series(bars);
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        double[] logReturns = new double[bars.size()];
        for (int i = 1; i < logReturns.length; i++) {
            logReturns[i] = Math.log(bars.get(i).close() / bars.get(i - 1).close());
        }
        FixedNumIndicator returns = new FixedNumIndicator(series, logReturns);
        RSIIndicator rsi = new RSIIndicator(close, 14);
        MACDIndicator macd = new MACDIndicator(close, 12, 26);
        EMAIndicator signal = macd.getSignalLine(9);
        PercentBIndicator percentB = new PercentBIndicator(close, 20, 2);
        ATRIndicator atr = new ATRIndicator(series, 14);
        StandardDeviationIndicator deviation20 = new StandardDeviationIndicator(close, 20);
        double[][] ours = features(bars);
        IntToDoubleFunction price = i -> bars.get(i).close();
        compare(ours, "rsi_14", i -> rsi.getValue(i).doubleValue() / 100, 1);
        compare(ours, "macd", i -> macd.getValue(i).doubleValue() / price.applyAsDouble(i), 1e-3);
        compare(ours, "macd_signal", i -> signal.getValue(i).doubleValue() / price.applyAsDouble(i), 1e-3);
        compare(ours, "bollinger_b", i -> percentB.getValue(i).doubleValue(), 1);
        compare(ours, "atr_14", i -> atr.getValue(i).doubleValue() / price.applyAsDouble(i), 1e-3);
        for (int window : new int[] {10, 30, 60, 240}) {
            StandardDeviationIndicator theirs = new StandardDeviationIndicator(returns, window);
            double toSample = Math.sqrt(window / (window - 1.0));
            compare(ours, "vol_" + window, i -> theirs.getValue(i).doubleValue() * toSample, 1e-3);
        }
        RollingMoments moments = new RollingMoments(20);
        for (int i = 0; i < bars.size(); i++) {
            moments.add(bars.get(i).close());
            if (i >= FADED) {
                double expected = deviation20.getValue(i).doubleValue();
                assertThat(moments.populationDeviation()).isCloseTo(expected, within(1e-7 * price.applyAsDouble(i)));
            }
        }
    }

    private static void compare(double[][] ours, String name, IntToDoubleFunction theirs, double scale) {
        int column = FeatureSet.priceV1().names().indexOf(name);
        for (int i = FADED; i < ours.length; i++) {
            assertThat(ours[i][column])
                    .as("%s of bar %s", name, i)
                    .isCloseTo(theirs.applyAsDouble(i), within(RELATIVE * scale));
        }
    }

    private static double[][] features(List<Bar> bars) {
        PointInTimeFeatures features = new PointInTimeFeatures(FeatureSet.priceV1());
        RandomMarket.asHistory(bars).forEach(features::record);
        return bars.stream().map(bar -> features.at(bar.openTime())).toArray(double[][]::new);
    }

    private static BaseBarSeries series(List<Bar> bars) {
        BaseBarSeries series = new BaseBarSeriesBuilder()
                .withNumFactory(DoubleNumFactory.getInstance())
                .build();
        for (Bar bar : bars) {
            series.barBuilder()
                    .timePeriod(Duration.ofMinutes(1))
                    .endTime(Instant.ofEpochMilli(bar.openTime() + RandomMarket.MINUTE))
                    .openPrice(bar.open())
                    .highPrice(bar.high())
                    .lowPrice(bar.low())
                    .closePrice(bar.close())
                    .volume(bar.volume())
                    .add();
        }
        return series;
    }
}
