package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.LogPosition;
import io.hindcast.ml.bert.BertConfig;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.BertShape;
import io.hindcast.ml.bert.Checkpoint;
import io.hindcast.ml.bert.Int8Agreement;
import io.hindcast.ml.bert.TextTokens;
import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.hub.DownloadProgress;
import io.hindcast.ml.hub.HubSettings;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import io.hindcast.ml.train.EvaluationSettings;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.StopReason;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrlTrainerTest {

    private static final LogPosition POSITION = new LogPosition("BTCUSDT:1m:2024-03-08", 3);
    private static final NewsDrivenMarket MARKET = new NewsDrivenMarket(420, 5);
    private static final TrlParameters QUICK = TrlParameters.SMALL
            .withBase(new BaseEncoder.Local(200, 1, 2, 32, 30, 16, 2e-3))
            .withMaxTokens(24)
            .withEvaluation(new EvaluationSettings(new ChronologicalSplitter(0.2, 0.15, 0), 0.001))
            .withSchedule(TrlParameters.SMALL.schedule().withSupervision(2, 1e-2))
            .withEpochs(5, 5e-3);
    private static final TrlTraining.Prepared PREPARED = prepare(QUICK, TrainingControl.NONE);
    private static final TrainedModel MODEL = PREPARED.train(QUICK, 7, TrainingControl.NONE);
    private static final TrlParameters REWARDS_ALONE =
            QUICK.withSchedule(QUICK.schedule().withSupervision(0, 1)).withEpochs(4, 1e-2);
    private static final TrainedModel REWARDED = PREPARED.train(REWARDS_ALONE, 7, TrainingControl.NONE);

    private static TrlTraining.Prepared prepare(TrlParameters parameters, TrainingControl control) {
        return prepare(MARKET, parameters, control);
    }

    private static TrlTraining.Prepared prepare(
            NewsDrivenMarket market, TrlParameters parameters, TrainingControl control) {
        ModelHub hub = new ModelHub(HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), Path.of("target/no-hub")));
        return new TrlTraining(hub, DownloadProgress.NONE)
                .prepare(
                        market.articles(),
                        market.reactions(),
                        samples -> parameters.evaluation().splitter().split(samples),
                        parameters,
                        7,
                        control);
    }

    private static double figure(RoundMetrics round, String name) {
        return round.values().getOrDefault(name, Double.NaN);
    }

    @Test
    void learnsAMarketThatFollowsArticles() {
        assertThat(MODEL.evaluation().macroF1()).isGreaterThanOrEqualTo(0.6);
        assertThat(MODEL.evaluation().accuracy())
                .isGreaterThan(MODEL.evaluation().baselines().getFirst().accuracy() + 0.2);
        assertThat(MODEL.evaluation().logLoss())
                .as("better than any constant guess")
                .isLessThan(1);
    }

    @Test
    void aRandomClassifierIsSupervisedFirstAndThenTheReference() {
        List<RoundMetrics> rounds = MODEL.history();
        for (RoundMetrics supervised : rounds.subList(0, 2)) {
            assertThat(supervised.values())
                    .containsKeys(TrlTrainer.TRAINING_LOSS, TrlTrainer.GRADIENT_NORM, TrlTrainer.VALIDATION_MACRO_F1)
                    .doesNotContainKeys(TrlTrainer.REWARD, TrlTrainer.KL);
        }
        assertThat(rounds.size()).isGreaterThan(2);
        double supervised = rounds.subList(0, 2).stream()
                .min(java.util.Comparator.comparingDouble(RoundMetrics::validationLoss))
                .map(round -> figure(round, TrlTrainer.VALIDATION_REWARD))
                .orElseThrow();
        for (RoundMetrics optimised : rounds.subList(2, rounds.size())) {
            assertThat(optimised.values())
                    .containsKeys(
                            TrlTrainer.REWARD,
                            TrlTrainer.REFERENCE_REWARD,
                            TrlTrainer.SURROGATE,
                            TrlTrainer.KL,
                            TrlTrainer.CLIP_FRACTION,
                            TrlTrainer.ENTROPY,
                            TrlTrainer.GRADIENT_NORM,
                            TrlTrainer.WITHOUT_SPREAD,
                            TrlTrainer.VALIDATION_ACCURACY,
                            TrlTrainer.VALIDATION_LOG_LOSS)
                    .doesNotContainKey(TrlTrainer.TRAINING_LOSS);
            assertThat(figure(optimised, TrlTrainer.REFERENCE_VALIDATION_REWARD))
                    .isEqualTo(supervised);
        }
    }

    @Test
    void rewardsAloneTrainARandomClassifier() {
        RoundMetrics best = REWARDED.history().get(REWARDED.rounds() - 1);
        assertThat(figure(best, TrlTrainer.REWARD)).isGreaterThan(figure(best, TrlTrainer.REFERENCE_REWARD) + 0.3);
        assertThat(figure(best, TrlTrainer.VALIDATION_REWARD))
                .isGreaterThan(figure(best, TrlTrainer.REFERENCE_VALIDATION_REWARD) + 0.3);
        assertThat(figure(best, TrlTrainer.VALIDATION_MACRO_F1))
                .as("not only a more confident policy")
                .isGreaterThan(0.5);
    }

    @Test
    void rewardsBySizeOfMoveChooseTheRoundByReward() {
        TrainedModel model =
                PREPARED.train(REWARDS_ALONE.withReward(Reward.MOVE_SIZE).withEpochs(2, 1e-2), 7, TrainingControl.NONE);
        assertThat(model.bundle(POSITION).provenance().parameters()).containsEntry("grpo.reward", "move-size");
        for (RoundMetrics round : model.history()) {
            assertThat(round.validationLoss()).isEqualTo(-figure(round, TrlTrainer.VALIDATION_REWARD));
        }
    }

    @Test
    void isUncertainAndNotConstantWhereTheMarketIgnoresTheNews() {
        NewsDrivenMarket deaf = new NewsDrivenMarket(1_000, 3, 0, 2);
        TrlParameters parameters = QUICK.withBase(new BaseEncoder.Local(200, 1, 2, 32, 4, 16, 2e-3))
                .withEvaluation(new EvaluationSettings(new ChronologicalSplitter(0.2, 0.35, 0), 0.001))
                .withSchedule(QUICK.schedule().withSupervision(2, 2e-3))
                .withEpochs(5, 1e-3);
        TrainedModel model = prepare(deaf, parameters, TrainingControl.NONE).train(parameters, 7, TrainingControl.NONE);
        Evaluation evaluation = model.evaluation();
        assertThat(evaluation.calibrationError()).isLessThan(0.1);
        assertThat(evaluation.logLoss()).isLessThan(1.2);
        assertThat(evaluation.degenerate()).isEmpty();
    }

    @Test
    void calibratesProbabilitiesOnTheValidationArticles() {
        ModelBundle bundle = MODEL.bundle(POSITION);
        double temperature =
                Double.parseDouble(bundle.provenance().parameters().getOrDefault(TrlTrainer.TEMPERATURE, "NaN"));
        assertThat(temperature).isBetween(Calibration.LEAST, Calibration.MOST).isNotEqualTo(1);
        assertThat(bundle.provenance().parameters()).containsKey(TrlTrainer.OFFSETS);
        ArticleSamples samples = PREPARED.samples();
        RowRange validation = PREPARED.split().validation();
        double[] scored = new double[validation.size() * Scorer.CLASSES];
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            scorer.score(samples.matrix(validation), validation.size(), scored);
        }
        int[] outcomes = new int[validation.size()];
        java.util.Arrays.setAll(
                outcomes, i -> samples.outcome(validation.from() + i).classIndex());
        double[] log = java.util.Arrays.stream(scored).map(StrictMath::log).toArray();
        assertThat(Calibration.balanced(log, outcomes).temperature())
                .as("golden rows of the served export")
                .isCloseTo(1, within(0.02));
    }

    @Test
    void clipsBecauseAnOldPolicyIsKeptForSeveralSteps() {
        assertThat(REWARDED.history()).anyMatch(round -> figure(round, TrlTrainer.CLIP_FRACTION) > 0);
    }

    @Test
    void countsGroupsWithoutSpread() {
        List<RoundMetrics> rounds = REWARDED.history();
        assertThat(figure(rounds.getFirst(), TrlTrainer.WITHOUT_SPREAD)).isBetween(0.01, 0.7);
        assertThat(figure(rounds.getLast(), TrlTrainer.WITHOUT_SPREAD))
                .isGreaterThan(figure(rounds.getFirst(), TrlTrainer.WITHOUT_SPREAD));
    }

    @Test
    void onlyTheSameSeedGivesTheSameBits() {
        TrlParameters brief = QUICK.withBase(new BaseEncoder.Local(200, 1, 2, 32, 2, 16, 2e-3))
                .withEpochs(1, 1e-2);
        byte[] bytes = prepare(brief, TrainingControl.NONE)
                .train(brief, 7, TrainingControl.NONE)
                .bundle(POSITION)
                .toBytes();
        assertThat(prepare(brief, TrainingControl.NONE)
                        .train(brief, 7, TrainingControl.NONE)
                        .bundle(POSITION)
                        .toBytes())
                .isEqualTo(bytes);
        assertThat(prepare(brief, TrainingControl.NONE)
                        .train(brief, 8, TrainingControl.NONE)
                        .bundle(POSITION)
                        .nativeModel())
                .isNotEqualTo(ModelBundle.read(bytes).nativeModel());
    }

    @Test
    void aBundleScoresArticlesLikeTheTrainer() {
        assertThat(MODEL.exportDifference()).isLessThan(1e-4);
        ModelBundle read = ModelBundle.read(MODEL.bundle(POSITION).toBytes());
        ArticleSamples samples = PREPARED.samples();
        try (Scorer scorer = ScorerEngines.open(read);
                ArticleTokens tokens = ArticleTokens.of(read);
                NDManager manager = Torch.manager("cpu")) {
            read.checkGolden(scorer);
            Weights merged = new Weights(manager);
            Weights.fromSafetensors(read.nativeModel())
                    .forEach((name, value) -> merged.put(name, value.numbers(), value.shape()));
            BertShape shape = BertConfig.read(read.part(BertConfig.FILE)).shape();
            BertNetwork network = new BertNetwork(shape, merged);
            for (int row : new int[] {0, 17, samples.rows() - 1}) {
                NewsArticle article = samples.article(row);
                double[] made = tokens.row(article.title(), article.body());
                double[] held = new double[samples.inputs()];
                samples.read(row, held, 0);
                assertThat(made).isEqualTo(held);
                double[] scored = new double[Scorer.CLASSES];
                scorer.score(made, 1, scored);
                float[] own = network.probabilities(List.of(samples.tokens(row)));
                for (int c = 0; c < Scorer.CLASSES; c++) {
                    assertThat(scored[c]).isCloseTo(own[c], within(1e-4));
                }
            }
        }
    }

    @Test
    void adaptersOnTheirEncoderMatchTheMergedModel() {
        ModelBundle bundle = MODEL.bundle(POSITION);
        PeftAdapter adapter = PeftAdapter.read(
                bundle.part(PeftAdapter.CONFIG),
                bundle.part(PeftAdapter.MODEL),
                PREPARED.encoder().order());
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = PREPARED.encoder().weights(manager);
            Lora lora = Lora.add(adapter.shape(), weights, new SplittableRandom(1));
            lora.set(adapter.values());
            BertShape shape = PREPARED.encoder().shape();
            double[] golden = bundle.golden().probabilities();
            double[] inputs = bundle.golden().inputs();
            int[] text = java.util.Arrays.stream(inputs, 0, bundle.golden().columns())
                    .mapToInt(id -> (int) id)
                    .filter(id -> id != shape.padding())
                    .toArray();
            float[] own = new BertNetwork(shape, weights, lora.projection(0)).probabilities(List.of(text));
            for (int c = 0; c < Scorer.CLASSES; c++) {
                assertThat((double) own[c]).isCloseTo(golden[c], within(1e-5));
            }
        }
    }

    @Test
    void aBundleContainsACheckpointForFurtherTraining(@TempDir Path folder) throws IOException {
        ModelBundle bundle = MODEL.bundle(POSITION);
        Files.write(folder.resolve(Checkpoint.SAFETENSORS), bundle.nativeModel());
        for (String part : List.of(BertConfig.FILE, TextTokens.DEFINITION)) {
            Files.write(folder.resolve(part), bundle.part(part));
        }
        TrlParameters further = QUICK.withBase(new BaseEncoder.Checkpoint(folder.toString(), "main"))
                .withEpochs(1, 1e-6);
        RoundMetrics begun = prepare(further, TrainingControl.NONE)
                .train(further, 7, TrainingControl.NONE)
                .history()
                .getFirst();
        RoundMetrics best = MODEL.history().get(MODEL.rounds() - 1);
        assertThat(begun.values()).as("its classifier is not random").containsKey(TrlTrainer.REWARD);
        assertThat(figure(begun, TrlTrainer.VALIDATION_MACRO_F1))
                .isCloseTo(figure(best, TrlTrainer.VALIDATION_MACRO_F1), within(0.02));
    }

    @Test
    void servesAnInt8ExportThatAgrees() {
        TrlParameters parameters = QUICK.withEpochs(2, 1e-2).withQuantise(true);
        ModelBundle bundle = PREPARED.train(parameters, 7, TrainingControl.NONE).bundle(POSITION);
        double agreement =
                Double.parseDouble(bundle.provenance().parameters().getOrDefault(TrlTrainer.INT8_AGREEMENT, "NaN"));
        assertThat(agreement).isBetween(0.9, 1.0);
        assertThat(bundle.partNames().contains(TrlTrainer.FULL_ONNX)).isEqualTo(agreement >= Int8Agreement.LEAST);
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            bundle.checkGolden(scorer);
        }
    }

    @Test
    void stopsAPolicyThatDivergesAndKeepsTheBestAdapter() {
        TrainedModel model = train(REWARDS_ALONE.grpo().withLimits(1e-3, 0));
        assertThat(model.stopReason()).isEqualTo(StopReason.KL_COLLAPSE);
        assertThat(model.history()).hasSize(3);
        assertThat(figure(model.history().getLast(), TrlTrainer.KL)).isGreaterThan(1e-3);
        byte[] before = PREPARED.train(REWARDS_ALONE.withEpochs(2, 1e-2), 7, TrainingControl.NONE)
                .bundle(POSITION)
                .nativeModel();
        assertThat(model.bundle(POSITION).nativeModel())
                .as("the result of the rounds before")
                .isEqualTo(before);
    }

    @Test
    void stopsAPolicyThatNoLongerExplores() {
        TrainedModel model = train(REWARDS_ALONE.grpo().withLimits(1e9, 1.05));
        assertThat(model.stopReason()).isEqualTo(StopReason.ENTROPY_COLLAPSE);
        assertThat(figure(model.history().getLast(), TrlTrainer.ENTROPY)).isLessThan(1.0986);
    }

    private static TrainedModel train(GrpoSettings settings) {
        return PREPARED.train(REWARDS_ALONE.withGrpo(settings), 7, TrainingControl.NONE);
    }

    @Test
    void accumulatedBatchesEqualOneLargerBatch() {
        TrlParameters plain = REWARDS_ALONE.withEpochs(1, 1e-2).withLora(new LoraShape(4, 32, 0));
        AtomicInteger wholeSteps = new AtomicInteger();
        AtomicInteger gatheredSteps = new AtomicInteger();
        RoundMetrics whole = PREPARED.train(plain.withBatches(12, 1), 7, counting(wholeSteps))
                .history()
                .getFirst();
        RoundMetrics gathered = PREPARED.train(plain.withBatches(4, 3), 7, counting(gatheredSteps))
                .history()
                .getFirst();
        assertThat(gatheredSteps.get()).isPositive().isEqualTo(wholeSteps.get());
        for (String name : List.of(TrlTrainer.REWARD, TrlTrainer.KL, TrlTrainer.VALIDATION_REWARD)) {
            assertThat(figure(gathered, name)).as(name).isCloseTo(figure(whole, name), within(1e-3));
        }
    }

    private static TrainingControl counting(AtomicInteger steps) {
        return new TrainingControl(
                new TrainingControl.Progress() {
                    @Override
                    public void roundCompleted(RoundMetrics round) {}

                    @Override
                    public void stepsCompleted(int round, int step, int of, Map<String, Double> metrics) {
                        steps.set(of);
                    }
                },
                () -> false,
                Duration.ofHours(1));
    }

    @Test
    void canBeCancelledWhileItsEncoderIsPretrained() {
        AtomicInteger asked = new AtomicInteger();
        TrainingControl cancelling =
                new TrainingControl(_ -> {}, () -> asked.incrementAndGet() > 1, Duration.ofHours(1));
        assertThatThrownBy(() -> prepare(QUICK, cancelling))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("while the encoder was made");
        asked.set(0);
        assertThatThrownBy(() -> PREPARED.train(QUICK, 1, cancelling))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("in round 1");
    }

    @Test
    void rejectsRowsOfAnotherTokenizer() {
        assertThatThrownBy(() -> PREPARED.train(QUICK.withMaxTokens(12), 1, TrainingControl.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 tokens");
    }

    @Test
    void memoryDoesNotGrowOverALongTraining() {
        Path statm = Path.of("/proc/self/statm");
        org.assertj.core.api.Assumptions.assumeThat(statm)
                .as("where the resident size can be read")
                .isReadable();
        TrlParameters parameters = QUICK.withBase(new BaseEncoder.Local(64, 1, 1, 4, 0, 16, 1e-3))
                .withMaxTokens(4)
                .withBatches(1, 1)
                .withEpochs(8, 1e-4);
        long[] resident = new long[9];
        TrainingControl looks = new TrainingControl(
                round -> resident[round.round()] = resident(statm), () -> false, Duration.ofHours(1));
        TrlTraining.Prepared prepared = prepare(parameters, TrainingControl.NONE);
        assertThat(8 * prepared.split().train().size()).isGreaterThan(2_000);
        assertThat(prepared.train(patient(parameters), 1, looks).history()).hasSize(8);
        // a step that kept its arrays would keep some 150 of them, and 1,000 steps some 75 MB with their handles
        assertThat(resident[8] - resident[4]).isLessThan(40_000_000L);
    }

    private static TrlParameters patient(TrlParameters parameters) {
        return parameters.withGrpo(parameters.grpo().withLimits(1e9, 0)).withPatience(8);
    }

    private static long resident(Path statm) {
        try {
            return Long.parseLong(Files.readString(statm).split(" ", 3)[1]) * 4096
                    - Runtime.getRuntime().totalMemory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
