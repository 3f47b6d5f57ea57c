package io.hindcast.ml.evaluate;

import static io.hindcast.api.prediction.Signal.BUY;
import static io.hindcast.api.prediction.Signal.HOLD;
import static io.hindcast.api.prediction.Signal.SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.Trained;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The curves of a report agree with the metrics of the evaluation. */
class CurvesTest {

    private static final ScoredRows TEST = Trained.MODEL.test();

    @Test
    void equityEndsAtTheProfit() {
        Equity equity = Equity.of(
                TEST.signals(), TEST.returns(), Trained.PARAMETERS.evaluation().feeRate());
        assertThat(equity.beforeFees() - 1).isEqualTo(Trained.MODEL.evaluation().profitBeforeFees());
        assertThat(equity.afterFees() - 1).isEqualTo(Trained.MODEL.evaluation().profitAfterFees());
        assertThat(equity.trades()).isEqualTo(Trained.MODEL.evaluation().trades());
        assertThat(Equity.ofHolding(
                                        TEST.returns(),
                                        Trained.PARAMETERS.evaluation().feeRate())
                                .afterFees()
                        - 1)
                .isEqualTo(Trained.MODEL.evaluation().baselines().getLast().profitAfterFees());
    }

    @Test
    void equityMatchesThePositionAtEachRow() {
        Equity equity =
                Equity.of(new Signal[] {HOLD, BUY, HOLD, SELL, BUY}, new double[] {0.5, 0.1, -0.5, 0.3, 0.2}, 0.01);
        assertThat(equity.beforeFees(0)).isEqualTo(1);
        assertThat(equity.afterFees(1)).isCloseTo(0.99 * 1.1, within(1e-12));
        assertThat(equity.beforeFees(2)).isCloseTo(1.1 * 0.5, within(1e-12));
        assertThat(equity.afterFees(3)).as("sold").isCloseTo(0.99 * 1.1 * 0.5 * 0.99, within(1e-12));
        assertThat(equity.afterFees()).as("sold at the end").isCloseTo(equity.afterFees(4), within(0.0));
        assertThat(equity.trades()).isEqualTo(4);
    }

    @Test
    void binsHoldEveryRowAndAddUpToTheCalibrationError() {
        List<Reliability.Bin> bins = Reliability.bins(TEST);
        assertThat(bins).hasSize(Reliability.BINS);
        assertThat(bins.stream().mapToInt(Reliability.Bin::rows).sum()).isEqualTo(TEST.size());
        double right = bins.stream().mapToInt(Reliability.Bin::right).sum();
        assertThat(right / TEST.size()).isEqualTo(Trained.MODEL.evaluation().accuracy());
        double error = bins.stream()
                .filter(bin -> bin.rows() > 0)
                .mapToDouble(bin -> bin.rows() * Math.abs(bin.accuracy() - bin.confidence()))
                .sum();
        assertThat(error / TEST.size()).isCloseTo(Trained.MODEL.evaluation().calibrationError(), within(1e-12));
        assertThat(bins.getFirst().accuracy())
                .as("the highest of three probabilities is at least a third")
                .isNaN();
    }
}
