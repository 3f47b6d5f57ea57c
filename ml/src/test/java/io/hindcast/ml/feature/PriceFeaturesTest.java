package io.hindcast.ml.feature;

import static io.hindcast.ml.RandomMarket.MIDNIGHT;
import static io.hindcast.ml.RandomMarket.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.ml.RandomMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PriceFeaturesTest {

    private static final FeatureSet SET = FeatureSet.priceV1();

    /** Features that are undefined in bars without range, trades or spread, however many bars precede. */
    private static final Set<String> MAY_BE_UNDEFINED =
            Set.of("body", "upper_shadow", "lower_shadow", "taker_buy", "taker_buy_15");

    @Test
    void aFeatureHasNoValueForExactlyItsUnstableBars() {
        List<Bar> bars = RandomMarket.bars(MIDNIGHT, 400, 1);
        double[][] features = fold(bars);
        for (int c = 0; c < SET.size(); c++) {
            Feature feature = SET.features().get(c);
            if (MAY_BE_UNDEFINED.contains(feature.name())) {
                continue;
            }
            for (int i = 0; i < bars.size(); i++) {
                assertThat(Double.isNaN(features[i][c]))
                        .as("%s of bar %s", feature.name(), i)
                        .isEqualTo(i < feature.unstableBars());
            }
        }
    }

    @Test
    void everyIndicatorRestartsAfterAGap() {
        List<Bar> bars = RandomMarket.bars(MIDNIGHT, 700, 2);
        List<Bar> withGap = new ArrayList<>(bars);
        withGap.remove(300);
        double[][] broken = fold(withGap);
        double[][] fresh = fold(bars.subList(301, 700));
        for (int i = 301; i < 700; i++) {
            assertThat(broken[i - 1]).as("bar %s", i).isEqualTo(fresh[i - 301]);
        }
    }

    @Test
    void doublingEveryPriceChangesNothing() {
        List<Bar> bars = RandomMarket.bars(MIDNIGHT, 500, 3);
        List<Bar> dearer = bars.stream()
                .map(b -> new Bar(
                        b.openTime(),
                        2 * b.open(),
                        2 * b.high(),
                        2 * b.low(),
                        2 * b.close(),
                        b.volume(),
                        2 * b.quoteVolume(),
                        b.trades(),
                        b.takerBuyVolume(),
                        2 * b.takerBuyQuoteVolume()))
                .toList();
        double[][] expected = fold(bars);
        double[][] actual = fold(dearer);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("bar %s", i).isEqualTo(expected[i]);
        }
    }

    @Test
    void aMinuteWithoutTradesOrMovementHasMissingRatiosAndNoInfinity() {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            bars.add(new Bar(MIDNIGHT + i * MINUTE, 100, 100, 100, 100, 0, 0, 0, 0, 0));
        }
        double[] last = fold(bars)[299];
        assertThat(value(last, "body")).isNaN();
        assertThat(value(last, "taker_buy")).isNaN();
        assertThat(value(last, "taker_buy_15")).isNaN();
        assertThat(value(last, "bollinger_b")).isNaN();
        assertThat(value(last, "volume_z_60")).isNaN();
        assertThat(value(last, "rsi_14")).isEqualTo(0.5);
        assertThat(value(last, "vol_240")).isEqualTo(0);
        assertThat(value(last, "ret_60")).isEqualTo(0);
        assertThat(last).doesNotContain(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @Test
    void ratiosOfABarMatchTheirFormulas() {
        Bar first = new Bar(MIDNIGHT, 100, 104, 96, 102, 10, 1000, 9, 4, 400);
        Bar second = new Bar(MIDNIGHT + MINUTE, 102, 110, 101, 105, 20, 2000, 99, 5, 500);
        double[] features = fold(List.of(first, second))[1];
        assertThat(value(features, "ret_1")).isEqualTo(105.0 / 102 - 1);
        assertThat(value(features, "logret_1")).isEqualTo(StrictMath.log(105.0 / 102));
        assertThat(value(features, "range")).isCloseTo(9.0 / 105, within(1e-15));
        assertThat(value(features, "body")).isCloseTo(3.0 / 9, within(1e-15));
        assertThat(value(features, "upper_shadow")).isCloseTo(5.0 / 9, within(1e-15));
        assertThat(value(features, "lower_shadow")).isCloseTo(1.0 / 9, within(1e-15));
        assertThat(value(features, "taker_buy")).isEqualTo(0.25);
        assertThat(value(features, "log_trades")).isCloseTo(Math.log(100), within(1e-14));
        assertThat(value(features, "log_volume")).isCloseTo(Math.log(21), within(1e-14));
    }

    @Test
    void relativeStrengthMatchesAPublishedExample() {
        // The worked example of StockCharts' ChartSchool for Wilder's RSI over 14 days.
        double[] closes = {
            44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328,
            45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439
        };
        double[] expected = {70.53, 66.32, 66.55, 69.41, 66.36, 57.97};
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < closes.length; i++) {
            bars.add(new Bar(MIDNIGHT + i * MINUTE, closes[i], closes[i], closes[i], closes[i], 1, 1, 1, 1, 1));
        }
        double[][] features = fold(bars);
        for (int i = 0; i < expected.length; i++) {
            assertThat(100 * value(features[14 + i], "rsi_14")).isCloseTo(expected[i], within(0.01));
        }
    }

    @Test
    void dayAndWeekAreCyclic() {
        // 2024-03-04 was a Monday.
        double[] monday = fold(RandomMarket.bars(MIDNIGHT, 1, 4))[0];
        assertThat(value(monday, "day_sin")).isEqualTo(0);
        assertThat(value(monday, "day_cos")).isEqualTo(1);
        assertThat(value(monday, "week_sin")).isEqualTo(0);
        assertThat(value(monday, "week_cos")).isEqualTo(1);
        double[] sixInTheMorning = fold(RandomMarket.bars(MIDNIGHT + 360 * MINUTE, 1, 4))[0];
        assertThat(value(sixInTheMorning, "day_sin")).isEqualTo(1);
        double[] thursdayNoon = fold(RandomMarket.bars(MIDNIGHT + (3 * 1440 + 720) * MINUTE, 1, 4))[0];
        assertThat(value(thursdayNoon, "week_cos")).isEqualTo(-1);
    }

    @Test
    void findsFeatureSetsByNameAndHash() {
        // A change of this hash makes a new feature set: models trained with the old one can no longer be scored.
        assertThat(SET.hash()).isEqualTo("019a5a635a226de2bec2e32c414e21001477e7437124762564994bfac347841a");
        assertThat(FeatureSet.of(SET.ref())).isSameAs(SET);
        assertThatThrownBy(() -> FeatureSet.of(new FeatureSetRef("price-v1", "0".repeat(64))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another definition");
        assertThatThrownBy(() -> FeatureSet.of(new FeatureSetRef("price-v9", SET.hash())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("price-v9");
    }

    @Test
    void rollingMomentsMatchTheWindowAndDoNotDrift() {
        var random = RandomMarket.random(5);
        for (int window : new int[] {2, 3, 20, 60}) {
            RollingMoments moments = new RollingMoments(window);
            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < 5 * window + 3; i++) {
                double value = 50_000 + random.nextGaussian();
                seen.add(value);
                moments.add(value);
                assertThat(moments.isWhole()).isEqualTo(i >= window - 1);
                if (moments.isWhole()) {
                    double[] last = seen.subList(i - window + 1, i + 1).stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray();
                    double mean = java.util.Arrays.stream(last).average().orElseThrow();
                    double squares = java.util.Arrays.stream(last)
                            .map(v -> (v - mean) * (v - mean))
                            .sum();
                    assertThat(moments.mean()).isCloseTo(mean, within(1e-9));
                    assertThat(moments.sampleDeviation()).isCloseTo(Math.sqrt(squares / (window - 1)), within(1e-9));
                    assertThat(moments.populationDeviation()).isCloseTo(Math.sqrt(squares / window), within(1e-9));
                }
            }
        }
    }

    private static double value(double[] features, String name) {
        return features[SET.names().indexOf(name)];
    }

    private static double[][] fold(List<Bar> bars) {
        PointInTimeFeatures features = new PointInTimeFeatures(SET);
        RandomMarket.asHistory(bars).forEach(features::record);
        return bars.stream().map(bar -> features.at(bar.openTime())).toArray(double[][]::new);
    }
}
