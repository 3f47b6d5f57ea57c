package io.hindcast.ml.evaluate;

import static io.hindcast.api.prediction.Signal.BUY;
import static io.hindcast.api.prediction.Signal.HOLD;
import static io.hindcast.api.prediction.Signal.SELL;
import static io.hindcast.ml.RandomMarket.MIDNIGHT;
import static io.hindcast.ml.RandomMarket.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

    /** Example matrix of scikit-learn's documentation: row = outcome. */
    private static final int[][] CONFUSION = {{4, 1, 1}, {6, 2, 2}, {3, 0, 6}};

    @Test
    void accuracyAndF1MatchTheConfusionMatrix() {
        assertThat(Evaluator.accuracy(CONFUSION)).isEqualTo(12.0 / 25);
        // Precision 4/13, 2/3, 6/9; recall 4/6, 2/10, 6/9.
        double f1 = (2 * 4.0 / (6 + 13) + 2 * 2.0 / (10 + 3) + 2 * 6.0 / (9 + 9)) / 3;
        assertThat(Evaluator.macroF1(CONFUSION)).isCloseTo(f1, within(1e-15));
        assertThat(f1).isCloseTo(0.465, within(0.001));
    }

    @Test
    void matthewsCorrelationIsTheCovarianceOfTheIndicators() {
        // Gorodkin's definition, computed over the 25 rows themselves rather than from their sums.
        List<int[]> rows = new ArrayList<>();
        for (int o = 0; o < 3; o++) {
            for (int s = 0; s < 3; s++) {
                for (int n = 0; n < CONFUSION[o][s]; n++) {
                    rows.add(new int[] {o, s});
                }
            }
        }
        double both = 0;
        double outcomes = 0;
        double signals = 0;
        for (int c = 0; c < 3; c++) {
            int clazz = c;
            double meanOutcome =
                    rows.stream().mapToInt(r -> r[0] == clazz ? 1 : 0).average().orElseThrow();
            double meanSignal =
                    rows.stream().mapToInt(r -> r[1] == clazz ? 1 : 0).average().orElseThrow();
            for (int[] row : rows) {
                double outcome = (row[0] == c ? 1 : 0) - meanOutcome;
                double signal = (row[1] == c ? 1 : 0) - meanSignal;
                both += outcome * signal;
                outcomes += outcome * outcome;
                signals += signal * signal;
            }
        }
        assertThat(Evaluator.matthews(CONFUSION)).isCloseTo(both / Math.sqrt(outcomes * signals), within(1e-12));
        assertThat(Evaluator.matthews(new int[][] {{2, 0, 0}, {0, 3, 0}, {0, 0, 4}}))
                .isCloseTo(1, within(1e-15));
        assertThat(Evaluator.matthews(new int[][] {{2, 0, 0}, {3, 0, 0}, {4, 0, 0}}))
                .isZero();
    }

    @Test
    void logLossIsTheMeanNegativeLogLikelihood() {
        double[] probabilities = {0.5, 0.25, 0.25, 0.1, 0.1, 0.8, 1, 0, 0};
        double expected = -(Math.log(0.5) + Math.log(0.8) + Math.log(1e-15)) / 3;
        assertThat(Evaluator.logLoss(new Signal[] {SELL, BUY, HOLD}, probabilities))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void calibrationErrorIsTheGapBetweenConfidenceAndAccuracy() {
        // Two in the bin (0.6, 0.667], one right: |0.5 − 0.65|; two in (0.933, 1], both right: |1 − 0.95|.
        double[] probabilities = {0.64, 0.26, 0.1, 0.1, 0.24, 0.66, 0.96, 0.04, 0, 0, 0.06, 0.94};
        double error = Evaluator.calibrationError(new Signal[] {SELL, SELL, SELL, BUY}, probabilities);
        assertThat(error).isCloseTo((2 * 0.15 + 2 * 0.05) / 4, within(1e-12));
    }

    @Test
    void profitFollowsTheSignalsAndPaysAFeePerChange() {
        Signal[] signals = {HOLD, BUY, HOLD, SELL, SELL, BUY};
        double[] returns = {0.5, 0.1, -0.05, 0.3, 0.2, 0.02};
        Evaluator.Profit profit = Evaluator.profit(signals, returns, 0.01);
        assertThat(profit.beforeFees()).isCloseTo(1.1 * 0.95 * 1.02 - 1, within(1e-12));
        assertThat(profit.trades()).as("in, out, in, sold at the end").isEqualTo(4);
        assertThat(profit.afterFees()).isCloseTo(1.1 * 0.95 * 1.02 * Math.pow(0.99, 4) - 1, within(1e-12));
        assertThat(Evaluator.profit(new Signal[] {SELL, HOLD}, new double[] {1, 1}, 0.01))
                .isEqualTo(new Evaluator.Profit(0, 0, 0));
    }

    @Test
    void reportsBaselinesBesideTheResult() {
        double[] closes = {100, 102, 101, 103, 103, 106, 104};
        Dataset dataset = dataset(closes);
        // Outcomes of rows 0 to 5: BUY SELL BUY HOLD BUY SELL; the row before row 1 rose, and so on.
        double[] probabilities = new double[18];
        Signal[] predicted = {BUY, SELL, BUY, HOLD, BUY, SELL};
        for (int i = 0; i < predicted.length; i++) {
            probabilities[3 * i + List.of(SELL, HOLD, BUY).indexOf(predicted[i])] = 1;
        }
        Evaluation evaluation =
                Evaluator.evaluate(dataset, new RowRange(0, 6), new RowRange(0, 6), probabilities, 0.001);
        assertThat(evaluation.accuracy()).isEqualTo(1);
        assertThat(evaluation.confusion()).containsExactly(List.of(2, 0, 0), List.of(0, 1, 0), List.of(0, 0, 3));
        assertThat(evaluation.trades()).isEqualTo(4);
        assertThat(evaluation.profitBeforeFees()).isCloseTo(102.0 / 100 * 103 / 101 * 106 / 103 - 1, within(1e-12));
        assertThat(evaluation.baselines())
                .extracting(Evaluation.Baseline::name)
                .containsExactly("majority-class", "previous-sign", "buy-and-hold");
        Evaluation.Baseline majority = evaluation.baselines().getFirst();
        assertThat(majority.accuracy()).isEqualTo(0.5);
        assertThat(majority.macroF1()).isCloseTo(2 * 3.0 / (3 + 6) / 3, within(1e-12));
        // Predicted: HOLD (nothing before), BUY, SELL, BUY, HOLD, BUY: all wrong.
        assertThat(evaluation.baselines().get(1).accuracy()).isZero();
        assertThat(evaluation.baselines().get(2).profitAfterFees())
                .isCloseTo(104.0 / 100 * 0.999 * 0.999 - 1, within(1e-12));
    }

    @Test
    void rejectsWhatCannotBeEvaluated() {
        Dataset dataset = dataset(new double[] {100, 101, 102});
        assertThatThrownBy(
                        () -> Evaluator.evaluate(dataset, new RowRange(0, 2), new RowRange(0, 2), new double[3], 0.001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 probabilities for 2 rows");
    }

    private static Dataset dataset(double[] closes) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < closes.length; i++) {
            bars.add(new Bar(MIDNIGHT + i * MINUTE, closes[i], closes[i], closes[i], closes[i], 1, 1, 1, 1, 1));
        }
        return new DatasetBuilder(FeatureSet.priceV1(), LabelSpec.DEFAULT)
                .build(
                        RandomMarket.asHistory(bars),
                        Instant.ofEpochMilli(MIDNIGHT),
                        Instant.ofEpochMilli(MIDNIGHT + (closes.length - 1) * MINUTE));
    }
}
