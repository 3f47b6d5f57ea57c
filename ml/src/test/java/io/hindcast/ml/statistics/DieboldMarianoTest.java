package io.hindcast.ml.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.ml.RandomMarket;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DieboldMarianoTest {

    /** In hundredths. */
    private static final int[] SERIES = {12, -7, 3, 15, 9, -4, 8, 20, -11, 6, 2, 13, 5, -3, 10, 7, -6, 18, 4, 1};

    private static final double[] DIFFERENCES =
            Arrays.stream(SERIES).mapToDouble(hundredths -> hundredths / 100.0).toArray();

    /**
     * Figures of statsmodels 0.15.0 (least squares on a constant, {@code cov_type='HAC'}, Bartlett kernel) and scipy
     * 1.17.1 (Student's t), the standard error corrected as by Harvey, Leybourne and Newbold.
     */
    @Test
    void matchesIndependentlyComputedFigures() {
        DieboldMariano oneRow = DieboldMariano.of(DIFFERENCES, 1);
        assertThat(oneRow.lag()).isEqualTo(2);
        assertThat(oneRow.mean()).isCloseTo(0.051, within(1e-15));
        assertThat(oneRow.standardError()).isCloseTo(0.009019083082504719, within(1e-14));
        assertThat(oneRow.statistic()).isCloseTo(5.654676815088904, within(1e-11));
        assertThat(oneRow.pValue()).isCloseTo(1.882658765e-05, within(1e-12));
        assertThat(oneRow.lowerBound()).isCloseTo(0.03540480751, within(1e-10));
        assertThat(oneRow.interval().low()).isCloseTo(0.03212284215961059, within(1e-10));
        assertThat(oneRow.interval().high()).isCloseTo(0.0698771578403894, within(1e-10));

        DieboldMariano fiveRows = DieboldMariano.of(DIFFERENCES, 5);
        assertThat(fiveRows.lag()).isEqualTo(4);
        assertThat(fiveRows.standardError()).isCloseTo(0.010682540272176213, within(1e-14));
        assertThat(fiveRows.pValue()).isCloseTo(0.00013192334993, within(1e-12));
        assertThat(fiveRows.lowerBound()).isCloseTo(0.03252846910, within(1e-10));
    }

    @Test
    void equalPredictorsDoNotDiffer() {
        DieboldMariano test = DieboldMariano.of(new double[50], 1);
        assertThat(test.pValue()).isEqualTo(1);
        assertThat(test.standardError()).isZero();
        assertThat(test.lowerBound()).isZero();
    }

    /** Over many samples without a difference, the test finds one about as often as its level says. */
    @Test
    void rejectsEqualPredictorsAtItsLevelEvenIfOutcomesOverlap() {
        RandomGenerator random = RandomMarket.random(11);
        int horizon = 5;
        int rejected = 0;
        for (int sample = 0; sample < 1_000; sample++) {
            double[] shocks = random.doubles(404, -1, 1).toArray();
            double[] differences = new double[400];
            for (int i = 0; i < differences.length; i++) {
                for (int k = 0; k < horizon; k++) {
                    differences[i] += shocks[i + k];
                }
            }
            rejected += DieboldMariano.of(differences, horizon).pValue() < 0.05 ? 1 : 0;
        }
        assertThat(rejected)
                .as("of 1,000 at 5 %%; Bartlett weights reject somewhat too often, ignoring the overlap several times")
                .isBetween(30, 110);
    }

    @Test
    void refusesFewerThanTwoRows() {
        assertThatThrownBy(() -> DieboldMariano.of(new double[1], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 rows");
    }
}
