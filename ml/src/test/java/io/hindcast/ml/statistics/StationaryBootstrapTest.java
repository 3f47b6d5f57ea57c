package io.hindcast.ml.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.statistics.StationaryBootstrap.Interval;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StationaryBootstrapTest {

    private static final double[] SERIES = IntStream.range(0, 300)
            .mapToDouble(i -> (i * 37 % 101 - 50) / 10.0 + i / 10 % 3)
            .toArray();

    /** Figures of arch 8.0.0, {@code StationaryBootstrap}, over 200,000 resamples of the same series. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.1730963966110022, 0.64966667, 1.32766667",
        "5, 0.1304229253588396, 0.73366667, 1.24434167",
        "20, 0.08461469270583959, 0.823, 1.15533333",
    })
    void matchesArch(double meanBlock, double deviation, double low, double high) {
        double[][] sums = new StationaryBootstrap(meanBlock, 100_000, 3).sums(SERIES);
        double[] means =
                Arrays.stream(sums).mapToDouble(sum -> sum[0] / SERIES.length).toArray();
        double mean = Arrays.stream(means).average().orElseThrow();
        double variance =
                Arrays.stream(means).map(m -> (m - mean) * (m - mean)).average().orElseThrow();
        Interval interval = StationaryBootstrap.interval(sums, sum -> sum[0] / SERIES.length, 0.95);

        assertThat(mean).isCloseTo(0.9893333333333334, within(0.002));
        assertThat(Math.sqrt(variance)).isCloseTo(deviation, within(0.01 * deviation));
        assertThat(interval.low()).isCloseTo(low, within(0.006));
        assertThat(interval.high()).isCloseTo(high, within(0.006));
    }

    /** Autoregressive rows of mean zero: single rows understate the spread of the mean, blocks do not. */
    @Test
    void coversTheTruthOfDependentRowsAboutAsOftenAsStated() {
        RandomGenerator random = RandomMarket.random(5);
        int covered = 0;
        int coveredByRows = 0;
        for (int sample = 0; sample < 400; sample++) {
            double[] rows = new double[1_000];
            double last = 0;
            for (int i = 0; i < rows.length; i++) {
                last = 0.6 * last + random.nextGaussian();
                rows[i] = last;
            }
            covered += covers(new StationaryBootstrap(30, 400, sample), rows) ? 1 : 0;
            coveredByRows += covers(new StationaryBootstrap(1, 400, sample), rows) ? 1 : 0;
        }
        assertThat(covered).as("of 400 at 95 %%").isBetween(352, 392);
        assertThat(coveredByRows).isLessThan(300);
    }

    private static boolean covers(StationaryBootstrap bootstrap, double[] rows) {
        return !StationaryBootstrap.interval(bootstrap.sums(rows), sum -> sum[0], 0.95)
                .excludes(0);
    }

    @Test
    void equalSeriesDoNotDiffer() {
        double[][] sums = new StationaryBootstrap(7, 200, 1).sums(SERIES, SERIES.clone());
        assertThat(StationaryBootstrap.interval(sums, sum -> sum[0] - sum[1], 0.95))
                .isEqualTo(new Interval(0, 0));
    }

    @Test
    void swappingTheSeriesNegatesTheInterval() {
        double[] reversed = IntStream.range(0, SERIES.length)
                .mapToDouble(i -> SERIES[SERIES.length - 1 - i])
                .toArray();
        double[][] sums = new StationaryBootstrap(7, 201, 1).sums(SERIES, reversed);
        Interval there = StationaryBootstrap.interval(sums, sum -> sum[0] - sum[1], 0.9);
        Interval back = StationaryBootstrap.interval(sums, sum -> sum[1] - sum[0], 0.9);
        assertThat(back.low()).isCloseTo(-there.high(), within(1e-9));
        assertThat(back.high()).isCloseTo(-there.low(), within(1e-9));
    }

    @Test
    void everyResampleHasAsManyRowsAsTheSeries() {
        double[] ones = new double[97];
        Arrays.fill(ones, 1);
        assertThat(Arrays.stream(new StationaryBootstrap(12, 50, 9).sums(ones))).allMatch(sum -> sum[0] == 97);
    }

    @Test
    void refusesSeriesOfDifferentLengths() {
        assertThatThrownBy(() -> new StationaryBootstrap(2, 5, 1).sums(new double[3], new double[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[3, 4]");
    }
}
