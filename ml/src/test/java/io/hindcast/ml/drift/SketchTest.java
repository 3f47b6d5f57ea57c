package io.hindcast.ml.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.ml.RandomMarket;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SketchTest {

    private static final double[] EXPECTED =
            IntStream.range(0, 1000).mapToDouble(i -> i * 37 % 101 / 100.0).toArray();
    private static final double[] ACTUAL =
            IntStream.range(0, 700).mapToDouble(i -> i * 53 % 89 / 100.0 + 0.1).toArray();

    @Test
    void binsOfTheOwnValuesAreAboutEqual() {
        Sketch sketch = Sketch.byQuantiles(EXPECTED, 20);
        assertThat(sketch.edges()).hasSize(19);
        assertThat(sketch.counts()).allMatch(count -> count >= 49 && count <= 59);
        assertThat(sketch.size()).isEqualTo(1000);
    }

    /** The counts of numpy's histogram with these edges. */
    @Test
    void countsOtherValuesBetweenTheSameEdges() {
        assertThat(Sketch.byQuantiles(EXPECTED, 20).of(ACTUAL).counts())
                .containsExactly(
                        0L, 0L, 38L, 40L, 40L, 39L, 39L, 40L, 48L, 30L, 39L, 40L, 40L, 38L, 40L, 48L, 30L, 39L, 48L,
                        24L);
    }

    /**
     * Figures of scipy 1.17.1: the index as the sum of both relative entropies ({@code stats.entropy}), and the exact
     * distance by {@code ks_2samp}, of which the one over the edges falls short by less than a bin.
     */
    @Test
    void distancesMatchScipy() {
        Sketch expected = Sketch.byQuantiles(EXPECTED, 20);
        Distance distance = Distance.between(expected, expected.of(ACTUAL));
        assertThat(distance.psi()).isCloseTo(0.44645007719011137, within(1e-12));
        assertThat(distance.ks()).isCloseTo(0.099, within(1e-12)).isBetween(0.10614285714285714 - 0.059, 0.1061429);
    }

    @Test
    void equalDistributionsHaveNoDistance() {
        Sketch sketch = Sketch.byQuantiles(EXPECTED, 20);
        assertThat(Distance.between(sketch, sketch)).isEqualTo(new Distance(0, 0));
    }

    /** About (bins − 1) · (1/n + 1/m) without a shift, far above with one. */
    @Test
    void tellsAShiftFromChance() {
        RandomGenerator random = RandomMarket.random(8);
        Sketch expected = Sketch.byQuantiles(normal(random, 5_000, 0), 20);
        double mean = 0;
        for (int sample = 0; sample < 100; sample++) {
            Distance same = Distance.between(expected, expected.of(normal(random, 1_440, 0)));
            mean += same.psi() / 100;
            assertThat(same.psi()).isLessThan(0.1);
        }
        assertThat(mean).isCloseTo(19 * (1 / 5_000.0 + 1 / 1_440.0), within(0.005));
        assertThat(Distance.between(expected, expected.of(normal(random, 1_440, 0.8)))
                        .psi())
                .isGreaterThan(0.25);
    }

    private static double[] normal(RandomGenerator random, int size, double mean) {
        return IntStream.range(0, size)
                .mapToDouble(i -> mean + random.nextGaussian())
                .toArray();
    }

    @Test
    void sketchesOfPartsAddUp() {
        Sketch expected = Sketch.byQuantiles(EXPECTED, 20);
        Sketch sum = expected.of(Arrays.copyOf(ACTUAL, 300)).plus(expected.of(Arrays.copyOfRange(ACTUAL, 300, 700)));
        assertThat(sum).isEqualTo(expected.of(ACTUAL));
    }

    @Test
    void missingValuesAreABinOfTheirOwn() {
        Sketch expected = Sketch.byQuantiles(new double[] {Double.NaN, 1, 2, 3, 4}, 2);
        assertThat(expected.missing()).isEqualTo(1);
        Distance distance = Distance.between(expected, expected.of(new double[] {Double.NaN, Double.NaN, 1, 4}));
        assertThat(distance.psi()).isPositive();
        assertThat(distance.ks()).isZero();
    }

    @Test
    void repeatedValuesMakeFewerBins() {
        Sketch constant = Sketch.byQuantiles(new double[] {7, 7, 7}, 20);
        assertThat(constant.edges()).isEmpty();
        assertThat(constant.counts()).containsExactly(3L);
        assertThat(Sketch.byQuantiles(new double[] {-0.0, 0, 0, 1}, 4).edges()).containsExactly(1.0);
    }

    @Test
    void refusesSketchesWithOtherEdges() {
        Sketch one = new Sketch(List.of(1.0), List.of(2L, 3L), 0);
        assertThatThrownBy(() -> Distance.between(one, new Sketch(List.of(2.0), List.of(2L, 3L), 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2.0]");
        assertThatThrownBy(() -> new Sketch(List.of(2.0, 1.0), List.of(0L, 0L, 0L), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
