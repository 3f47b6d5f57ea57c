package io.hindcast.ml.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.Provenance;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.RealCandles;
import io.hindcast.ml.Trained;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.train.ClassWeights;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.StopReason;
import io.hindcast.ml.train.StoppingRule;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LightGbmTrainerTest {

    private final LightGbmTrainer trainer = new LightGbmTrainer();

    @Test
    void learnsAPredictableMarket() {
        Evaluation evaluation = Trained.MODEL.evaluation();
        assertThat(evaluation.rows()).isEqualTo(Trained.MODEL.split().test().size());
        assertThat(evaluation.accuracy())
                .isGreaterThan(evaluation.baselines().getFirst().accuracy() + 0.05);
        assertThat(evaluation.mcc()).isGreaterThan(0.1);
        assertThat(Trained.MODEL.exportDifference())
                .isPositive()
                .isLessThan(ModelBundle.tolerance(ModelFamily.LIGHTGBM));
    }

    @Test
    void trainingIsReproducibleToTheByte() {
        TrainedModel again = trainer.train(Trained.dataset(6000, 21), Trained.PARAMETERS, 42, TrainingControl.NONE);
        assertThat(again.bundle(Trained.POSITION).toBytes())
                .isEqualTo(Trained.MODEL.bundle(Trained.POSITION).toBytes());
        TrainedModel otherSeed = trainer.train(Trained.DATASET, Trained.PARAMETERS, 43, TrainingControl.NONE);
        assertThat(otherSeed.bundle(Trained.POSITION).nativeModel())
                .isNotEqualTo(Trained.MODEL.bundle(Trained.POSITION).nativeModel());
    }

    @Test
    void keepsTheRoundWithTheLowestValidationLossAndStopsEarly() {
        LightGbmParameters eager = new LightGbmParameters(
                Trained.PARAMETERS.evaluation(),
                new StoppingRule(500, 5),
                new LightGbmParameters.Trees(31, 5, 1, 1, 0),
                0.3,
                0,
                2);
        TrainedModel model = trainer.train(Trained.DATASET, eager, 1, TrainingControl.NONE);
        List<Double> losses = model.validationLosses();
        assertThat(model.stopReason()).isEqualTo(StopReason.NO_IMPROVEMENT);
        assertThat(losses).hasSize(model.rounds() + 5);
        assertThat(losses.get(model.rounds() - 1))
                .isEqualTo(losses.stream().min(Double::compare).orElseThrow());
    }

    @Test
    void reportsProgressRoundByRound() {
        List<Integer> rounds = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        TrainingControl watched = new TrainingControl(
                round -> {
                    assertThat(round.maxRounds()).isEqualTo(5);
                    rounds.add(round.round());
                    losses.add(round.validationLoss());
                },
                () -> false,
                Duration.ofHours(1));
        TrainedModel model = trainer.train(Trained.DATASET, Trained.PARAMETERS.withRounds(5), 1, watched);
        assertThat(rounds).containsExactly(1, 2, 3, 4, 5);
        assertThat(losses).isEqualTo(model.validationLosses());
        assertThat(model.stopReason()).isEqualTo(StopReason.ALL_ROUNDS);
    }

    @Test
    void cancellationEndsTrainingBeforeTheNextRound() {
        List<Integer> rounds = new ArrayList<>();
        TrainingControl cancelled =
                new TrainingControl(round -> rounds.add(round.round()), () -> rounds.size() == 3, Duration.ofHours(1));
        assertThatThrownBy(() -> trainer.train(Trained.DATASET, Trained.PARAMETERS, 1, cancelled))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("before round 4");
        assertThat(rounds).containsExactly(1, 2, 3);
    }

    @Test
    void aSpentBudgetKeepsTheBestRoundSoFar() {
        AtomicLong clock = new AtomicLong();
        TrainingControl limited = new TrainingControl(
                _ -> clock.addAndGet(1_000_000_000), () -> false, Duration.ofSeconds(5), clock::get);
        TrainedModel model = trainer.train(Trained.DATASET, Trained.PARAMETERS, 1, limited);
        assertThat(model.stopReason()).isEqualTo(StopReason.TIME_BUDGET);
        assertThat(model.validationLosses())
                .as("rounds of a second each in the 4 s of training time")
                .hasSize(4);
        assertThat(model.bundle(Trained.POSITION).provenance().parameters())
                .containsEntry("result.stop", "TIME_BUDGET");
    }

    @Test
    void evaluatesOnlyTheTestRowsScoredWithinTheBudget() {
        AtomicLong clock = new AtomicLong();
        TrainingControl.Progress slowJudging = new TrainingControl.Progress() {
            @Override
            public void roundCompleted(RoundMetrics round) {}

            @Override
            public void rowsScored(int rows, int of) {
                clock.addAndGet(6_000_000_000L);
            }
        };
        TrainingControl limited = new TrainingControl(slowJudging, () -> false, Duration.ofSeconds(5), clock::get);
        LightGbmParameters quick = Trained.PARAMETERS.withRounds(2);
        TrainedModel whole = trainer.train(Trained.DATASET, quick, 1, TrainingControl.NONE);
        assertThat(whole.split().test().size()).isGreaterThan(512);

        TrainedModel judgedInPart = trainer.train(Trained.DATASET, quick, 1, limited);
        assertThat(judgedInPart.split().test().from())
                .isEqualTo(whole.split().test().from());
        assertThat(judgedInPart.split().test().size()).isEqualTo(512);
        assertThat(judgedInPart.evaluation().rows()).isEqualTo(512);
        assertThat(judgedInPart.bundle(Trained.POSITION).nativeModel())
                .isEqualTo(whole.bundle(Trained.POSITION).nativeModel());
    }

    @Test
    void weighsRareOutcomesMoreAndKeepsEveryRow() {
        RowRange all = new RowRange(0, Trained.DATASET.rows());
        int[] counts = Trained.DATASET.outcomeCounts(all);
        double[] weights = ClassWeights.of(Trained.DATASET, all, 1);
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            assertThat(weights[c] * counts[c]).isCloseTo(all.size() / 3.0, within(1e-6));
            sum += weights[c] * counts[c];
        }
        assertThat(sum).isCloseTo(all.size(), within(1e-6));
        assertThat(ClassWeights.of(Trained.DATASET, all, 0)).containsOnly(1.0);
    }

    @Test
    void rejectsAClassWithoutRowsNamingTheCounts() {
        Dataset neverBuy = new DatasetBuilder(FeatureSet.priceV1(), new LabelSpec(1, 90))
                .build(
                        RandomMarket.asHistory(RandomMarket.bars(RandomMarket.MIDNIGHT, 500, 1)),
                        Instant.ofEpochMilli(RandomMarket.MIDNIGHT),
                        Instant.ofEpochMilli(RandomMarket.MIDNIGHT + 499 * RandomMarket.MINUTE));
        assertThatThrownBy(() -> trainer.train(neverBuy, Trained.PARAMETERS, 1, TrainingControl.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no SELL")
                .hasMessageContaining("threshold");
    }

    @Test
    void namesParametersOutOfRange() {
        assertThatThrownBy(() -> Trained.PARAMETERS.withRounds(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rounds was 0");
    }

    @Test
    void recordsProvenance() {
        Provenance provenance = Trained.MODEL.bundle(Trained.POSITION).provenance();
        assertThat(provenance.datasetDigest()).isEqualTo(Trained.DATASET.digest());
        assertThat(provenance.datasetPosition()).isEqualTo(Trained.POSITION);
        assertThat(provenance.features()).isEqualTo(FeatureSet.priceV1().ref());
        assertThat(provenance.trainRows())
                .isEqualTo(Trained.MODEL.split().train().size());
        assertThat(provenance.dataFrom().toEpochMilli()).isEqualTo(Trained.DATASET.openTime(0));
        assertThat(provenance.inSampleTo().toEpochMilli())
                .isGreaterThan(Trained.DATASET.openTime(
                        Trained.MODEL.split().validation().to() - 1))
                .isLessThan(
                        Trained.DATASET.openTime(Trained.MODEL.split().test().from()));
        assertThat(provenance.libraries()).containsKeys("lightgbm4j", "onnxruntime", "flat-trees");
        assertThat(provenance.parameters()).containsEntry("rounds", "40").containsKey("result.rounds");
    }

    @Test
    void beatsTheMajorityClassOnRealBars() {
        Instant from = Instant.parse("2022-01-01T00:00:00Z");
        Dataset dataset = new DatasetBuilder(FeatureSet.priceV1(), LabelSpec.DEFAULT)
                .build(
                        RandomMarket.asHistory(RealCandles.btcusdt(from, from.plus(Duration.ofDays(30)))),
                        from,
                        from.plus(Duration.ofDays(30)));
        TrainedModel model = trainer.train(dataset, LightGbmParameters.DEFAULT, 42, TrainingControl.NONE);
        assertThat(dataset.rows()).isEqualTo(30 * 1440 - 1);
        assertThat(model.evaluation().mcc()).isGreaterThan(0.03);
        assertThat(model.evaluation().macroF1())
                .isGreaterThan(model.evaluation().baselines().getFirst().macroF1());
        assertThat(model.evaluation().logLoss()).isLessThan(Math.log(3));
    }
}
