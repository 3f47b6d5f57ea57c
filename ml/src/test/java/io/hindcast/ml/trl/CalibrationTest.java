package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.ml.RandomMarket;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final int ROWS = 20_000;

    /** Fits scores of outcomes drawn from their softmax at a true temperature. */
    private static double fitted(double truth) {
        RandomGenerator random = RandomMarket.random(4);
        double[] log = new double[ROWS * 3];
        int[] outcomes = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            float[] scores = new float[3];
            float[] honest = new float[3];
            for (int c = 0; c < 3; c++) {
                scores[c] = (float) (2 * random.nextGaussian());
                honest[c] = (float) (scores[c] / truth);
            }
            System.arraycopy(GrpoLoss.logSoftmax(scores), 0, log, row * 3, 3);
            double[] odds = Policy.exp(GrpoLoss.logSoftmax(honest));
            double dice = random.nextDouble();
            outcomes[row] = dice < odds[0] ? 0 : dice < odds[0] + odds[1] ? 1 : 2;
        }
        return Calibration.tempered(log, outcomes).temperature();
    }

    @Test
    void findsTheTemperatureOfOverAndUnderconfidentPolicies() {
        for (double truth : new double[] {0.5, 1, 3}) {
            assertThat(fitted(truth)).isCloseTo(truth, within(0.06 * truth));
        }
    }

    @Test
    void flattensUninformativeScoresAndSharpensFaultlessOnes() {
        double[] log = GrpoLoss.logSoftmax(new float[] {2, 0, 0, 0, 2, 0, 0, 0, 2});
        assertThat(Calibration.tempered(log, new int[] {1, 2, 0}).temperature())
                .isCloseTo(Calibration.MOST, within(1e-6));
        assertThat(Calibration.tempered(log, new int[] {0, 1, 2}).temperature())
                .isCloseTo(Calibration.LEAST, within(1e-6));
        double[] even = new double[9];
        Arrays.fill(even, -StrictMath.log(3));
        assertThat(Calibration.balanced(even, new int[] {0, 1, 2}).probabilities(even))
                .containsOnly(new double[] {1.0 / 3}, within(1e-9));
    }

    @Test
    void offsetsBalanceABiasedPolicy() {
        RandomGenerator random = RandomMarket.random(5);
        float[] scores = new float[ROWS * 3];
        int[] outcomes = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            outcomes[row] = random.nextInt(10) < 6 ? 2 : random.nextInt(2);
            for (int c = 0; c < 3; c++) {
                scores[row * 3 + c] = (float) (0.3 * random.nextGaussian() + (c == 0 ? 4 : 0));
            }
        }
        double[] log = GrpoLoss.logSoftmax(scores);
        double[] calibrated = Calibration.balanced(log, outcomes).probabilities(log);
        int[] predicted = new int[3];
        for (int row = 0; row < ROWS; row++) {
            int best = 0;
            for (int c = 1; c < 3; c++) {
                best = calibrated[row * 3 + c] > calibrated[row * 3 + best] ? c : best;
            }
            predicted[best]++;
            assertThat(calibrated[row * 3 + best]).as("without information").isLessThan(0.4);
        }
        assertThat(Arrays.stream(predicted).min().orElseThrow()).isGreaterThan(ROWS / 4);
    }

    @Test
    void calibratingTwiceChangesNothing() {
        RandomGenerator random = RandomMarket.random(6);
        float[] scores = new float[3_000];
        int[] outcomes = new int[1_000];
        for (int row = 0; row < outcomes.length; row++) {
            outcomes[row] = random.nextInt(3);
            for (int c = 0; c < 3; c++) {
                scores[row * 3 + c] = (float) (3 * random.nextGaussian() + c + (c == outcomes[row] ? 2 : 0));
            }
        }
        double[] log = GrpoLoss.logSoftmax(scores);
        Calibration once = Calibration.balanced(log, outcomes);
        Calibration again = Calibration.balanced(once.apply(log), outcomes);
        assertThat(again.temperature()).isCloseTo(1, within(1e-3));
        assertThat(again.offsets()).containsOnly(new double[] {0, 0, 0}, within(1e-3));
    }

    @Test
    void changesNothingWithoutOutcomes() {
        assertThat(Calibration.balanced(new double[0], new int[0])).isEqualTo(Calibration.NONE);
    }
}
