package io.hindcast.ml.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.comparison.Scores;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.RandomMarket;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ScoreTallyTest {

    private static final int ROWS = 500;

    private final Signal[] outcomes = new Signal[ROWS];
    private final Signal[] signals = new Signal[ROWS];
    private final double[] probabilities = new double[3 * ROWS];

    ScoreTallyTest() {
        RandomGenerator random = RandomMarket.random(3);
        for (int i = 0; i < ROWS; i++) {
            double sell = random.nextDouble();
            double hold = (1 - sell) * random.nextDouble();
            double buy = 1 - sell - hold;
            probabilities[3 * i] = sell;
            probabilities[3 * i + 1] = hold;
            probabilities[3 * i + 2] = buy;
            signals[i] = new Probabilities(sell, hold, buy).signal();
            outcomes[i] = random.nextInt(3) == 0 ? Signal.HOLD : signals[i];
        }
    }

    private ScoreTally tally(int from, int to) {
        ScoreTally tally = new ScoreTally();
        for (int i = from; i < to; i++) {
            tally.add(signals[i], outcomes[i], probabilities, 3 * i);
        }
        return tally;
    }

    @Test
    void scoresAsTheEvaluatorDoes() {
        Scores scores = tally(0, ROWS).scores();
        int[][] confusion = Evaluator.confusion(outcomes, signals);
        assertThat(scores.rows()).isEqualTo(ROWS);
        assertThat(scores.accuracy()).isEqualTo(Evaluator.accuracy(confusion));
        assertThat(scores.macroF1()).isEqualTo(Evaluator.macroF1(confusion));
        assertThat(scores.logLoss()).isCloseTo(Evaluator.logLoss(outcomes, probabilities), within(1e-12));
        assertThat(scores.calibrationError())
                .isCloseTo(Evaluator.calibrationError(outcomes, probabilities), within(1e-12));
    }

    @Test
    void talliesOfPartsAddUp() {
        ScoreTally sum = tally(0, 123);
        sum.add(tally(123, ROWS));
        Scores whole = tally(0, ROWS).scores();
        assertThat(sum.scores())
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b), Double.class)
                .isEqualTo(whole);
        assertThat(sum.majority()).isEqualTo(tally(0, ROWS).majority());
    }

    /** A constant guess of the frequencies scores its own baselines. */
    @Test
    void constantBaselinesAreThoseOfTheFrequencies() {
        ScoreTally tally = new ScoreTally();
        double[] frequencies = {0.2, 0.5, 0.3};
        int[] counts = {2, 5, 3};
        for (Signal outcome : Signal.CLASSES) {
            for (int i = 0; i < counts[outcome.classIndex()]; i++) {
                tally.add(Signal.HOLD, outcome, frequencies, 0);
            }
        }
        Scores scores = tally.scores();
        assertThat(scores.logLoss()).isCloseTo(tally.constantLogLoss(), within(1e-12));
        assertThat(scores.brier()).isCloseTo(tally.constantBrier(), within(1e-12));
        assertThat(scores.brier()).isCloseTo(0.62, within(1e-12));
        assertThat(scores.calibrationError()).isCloseTo(0, within(1e-12));
        assertThat(tally.majority()).isEqualTo(Signal.HOLD);
    }

    @Test
    void refusesScoresOfNothing() {
        assertThatThrownBy(() -> new ScoreTally().scores()).isInstanceOf(IllegalStateException.class);
    }
}
