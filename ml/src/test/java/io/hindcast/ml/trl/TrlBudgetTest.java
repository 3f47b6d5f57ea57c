package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.hub.DownloadProgress;
import io.hindcast.ml.hub.HubSettings;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.train.EvaluationSettings;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.StopReason;
import io.hindcast.ml.train.TimeBudgetException;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TrlBudgetTest {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final NewsDrivenMarket MARKET = new NewsDrivenMarket(300, 5);
    private static final TrlParameters QUICK = TrlParameters.SMALL
            .withBase(new BaseEncoder.Local(128, 1, 1, 16, 1, 16, 2e-3))
            .withMaxTokens(16)
            .withEvaluation(new EvaluationSettings(new ChronologicalSplitter(0.2, 0.15, 0), 0.001))
            .withSchedule(TrlParameters.SMALL.schedule().withSupervision(1, 1e-3))
            .withEpochs(4, 1e-3)
            .withPatience(4);
    private static final TrlTraining.Prepared PREPARED = prepare(TrainingControl.NONE);
    private static final int ARTICLES = PREPARED.split().train().size();
    private static final int STEPS = (ARTICLES + 11) / 12;

    /** A clock that advances by a tick per reading. */
    private static final class Clock implements LongSupplier {
        private long looks;

        @Override
        public long getAsLong() {
            return looks++ * TICK.toNanos();
        }

        Duration passed() {
            return TICK.multipliedBy(looks);
        }
    }

    private static TrlTraining.Prepared prepare(TrainingControl control) {
        ModelHub hub = new ModelHub(HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), Path.of("target/no-hub")));
        return new TrlTraining(hub, DownloadProgress.NONE)
                .prepare(
                        MARKET.articles(),
                        MARKET.reactions(),
                        samples -> QUICK.evaluation().splitter().split(samples),
                        QUICK,
                        7,
                        control);
    }

    private static TrainingControl control(Duration budget, LongSupplier clock) {
        return new TrainingControl(_ -> {}, () -> false, budget, clock);
    }

    private static TrainedModel train(TrainingControl control) {
        return PREPARED.train(QUICK, 7, control);
    }

    @Test
    void cutsAnEpochShortWithinTheBudgetAndCountsItsSteps() {
        Clock clock = new Clock();
        Duration budget = TICK.multipliedBy(2L * STEPS);
        TrainedModel model = train(control(budget, clock));
        assertThat(model.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
        assertThat(model.history()).hasSize(1);
        assertThat(model.history().getFirst().values())
                .containsKeys(TrlTrainer.TRAINING_LOSS, TrlTrainer.VALIDATION_MACRO_F1);
        assertThat(model.evaluation().rows())
                .as("evaluated on the rows scored within the budget")
                .isBetween(1, PREPARED.split().test().size());
        assertThat(clock.passed())
                .as("including the reading that finds it spent")
                .isLessThanOrEqualTo(budget.plus(TICK));
    }

    @Test
    void cutsLaterEpochsShortAndKeepsTheBest() {
        Clock clock = new Clock();
        Duration budget = TICK.multipliedBy(16L * STEPS);
        TrainedModel model = train(control(budget, clock));
        assertThat(model.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
        assertThat(model.history()).hasSizeBetween(2, 3);
        List<RoundMetrics> unhurried = train(TrainingControl.NONE).history();
        assertThat(model.history().getFirst()).isEqualTo(unhurried.getFirst());
        double best = model.validationLosses().stream().min(Double::compare).orElseThrow();
        assertThat(model.history().get(model.rounds() - 1).validationLoss()).isEqualTo(best);
        assertThat(clock.passed()).isLessThanOrEqualTo(budget);
    }

    @Test
    void keepsTheBestModelOrGivesAReasonWheneverTheTimeEnds() {
        Duration budget = Duration.ofHours(1);
        List<String> ends = new ArrayList<>();
        for (int end : new int[] {1, 4, 9, 4 * STEPS, 4 * STEPS + 2, 4 * STEPS + 4, 5 * STEPS, 8 * STEPS, 12 * STEPS}) {
            int[] looks = new int[1];
            LongSupplier clock = () -> looks[0]++ < end ? 0 : budget.toNanos() * 9 / 10;
            try {
                TrainedModel model = train(control(budget, clock));
                assertThat(model.stopReason()).as("ended at reading %d", end).isEqualTo(StopReason.TIME_BUDGET);
                assertThat(model.history()).hasSizeBetween(1, 4);
                assertThat(model.rounds()).isLessThanOrEqualTo(model.history().size());
                assertThat(model.exportDifference()).isLessThan(1e-4);
                ends.add("model");
            } catch (TimeBudgetException e) {
                assertThat(e).hasMessageContaining("before the first step");
                ends.add("nothing");
            }
        }
        assertThat(ends).startsWith("nothing").endsWith("model");
    }

    @Test
    void failsIfTheBudgetAllowsNoStep() {
        assertThatThrownBy(() -> train(control(TICK, new Clock())))
                .isInstanceOf(TimeBudgetException.class)
                .hasMessageContaining("before the first step");
    }

    @Test
    void pretrainingTakesHalfOfTheTimeAtMost() {
        BaseEncoder.Local endless = new BaseEncoder.Local(128, 1, 1, 16, 1_000_000, 16, 2e-3);
        Clock clock = new Clock();
        Duration budget = TICK.multipliedBy(200);
        LocalEncoder.make(
                endless,
                MARKET.articles().stream().map(NewsArticle::title).toList(),
                16,
                "cpu",
                7,
                control(budget, clock));
        assertThat(clock.passed()).isBetween(TICK.multipliedBy(70), TICK.multipliedBy(85));
    }
}
