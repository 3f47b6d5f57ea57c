package io.hindcast.command.model;

import static io.hindcast.command.Training.DEGENERATE;
import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.Training.compared;
import static io.hindcast.command.model.Scenario.MODEL;
import static io.hindcast.command.model.Scenario.begin;
import static io.hindcast.command.model.Scenario.promoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.PromotionPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionGateTest {

    private static Evaluation withLogLoss(double logLoss, double constant) {
        Evaluation usual = EVALUATION;
        return new Evaluation(
                usual.rows(),
                usual.accuracy(),
                usual.macroF1(),
                usual.mcc(),
                logLoss,
                usual.calibrationError(),
                usual.confusion(),
                usual.profitBeforeFees(),
                usual.profitAfterFees(),
                usual.trades(),
                usual.feeRate(),
                usual.baselines(),
                constant,
                usual.comparison());
    }

    /** Decides on a version registered after others, and returns the reason of a decline, or an empty text. */
    private static String decided(Scenario model, Evaluation evaluation, PromotionPolicy policy) {
        model.register(evaluation);
        List<ModelEvent> events =
                model.state().decide(begin(model.state().versions().size(), policy));
        assertThat(events).hasSize(1);
        return switch (events.getFirst()) {
            case PromotionDeclined declined -> declined.reason();
            case PromotionBegun _ -> "";
            default -> throw new AssertionError(events);
        };
    }

    @Test
    void firstVersionNeedsSoundnessOnly() {
        assertThat(decided(new Scenario(), EVALUATION, PromotionPolicy.GATED)).isEmpty();
        assertThat(decided(promoted(1), EVALUATION, PromotionPolicy.GATED))
                .as("without a version in CURRENT")
                .isEmpty();
        assertThat(decided(new Scenario(), DEGENERATE, PromotionPolicy.GATED)).startsWith("it is degenerate");
    }

    @Test
    void declinesVersionWorseThanAConstantGuessByMoreThanTheMargin() {
        assertThat(decided(new Scenario(), withLogLoss(1.1099, 1.09), PromotionPolicy.GATED))
                .isEmpty();
        assertThat(decided(new Scenario(), withLogLoss(1.1101, 1.09), PromotionPolicy.GATED))
                .isEqualTo(
                        "it is worse than a constant guess: log loss 1.1101, against 1.0900 of the training frequencies"
                                + " and a margin of 0.0200");
        assertThat(decided(new Scenario(), withLogLoss(Double.NaN, 1.09), PromotionPolicy.GATED))
                .startsWith("it is worse than a constant guess");
    }

    @Test
    void promotesVersionThatIsNotShownToBeWorseThanCurrent() {
        assertThat(decided(promoted(3), compared(MODEL.version(3), false), PromotionPolicy.GATED))
                .isEmpty();
    }

    @Test
    void declinesVersionThatIsWorseThanCurrent() {
        assertThat(decided(promoted(3), compared(MODEL.version(3), true), PromotionPolicy.GATED))
                .isEqualTo(
                        "it is worse than version 3, which is CURRENT: its log loss is higher by 0.0120 on the same 900"
                                + " rows, at 95 % confidence by at least 0.0100, and the margin is 0.0050");
    }

    @Test
    void declinesWithoutAComparisonWithTheVersionThatIsCurrentNow() {
        assertThat(decided(promoted(3), EVALUATION, PromotionPolicy.GATED))
                .startsWith("it was not compared with version 3, which is CURRENT");
        assertThat(decided(promoted(3), compared(MODEL.version(2), false), PromotionPolicy.GATED))
                .isEqualTo("it was compared with version 2, but version 3 is CURRENT now");
    }

    @Test
    void alwaysPromotesWhateverTheEvaluation() {
        assertThat(decided(promoted(3), DEGENERATE, PromotionPolicy.ALWAYS)).isEmpty();
    }
}
