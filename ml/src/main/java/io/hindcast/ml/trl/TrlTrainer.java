package io.hindcast.ml.trl;

import ai.djl.ndarray.NDManager;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.bert.BertConfig;
import io.hindcast.ml.bert.BertExport;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.Int8Agreement;
import io.hindcast.ml.bert.TextTokens;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import io.hindcast.ml.train.ClassWeights;
import io.hindcast.ml.train.EarlyStopping;
import io.hindcast.ml.train.FittedModel;
import io.hindcast.ml.train.ModelFinalization;
import io.hindcast.ml.train.SampleRows;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.Trainer;
import io.hindcast.ml.train.TrainingControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains TRL models (text reinforcement learning): tunes a BERT encoder's adapters and classifier. A random classifier
 * first learns from the outcomes, with classes weighted equally; then signals are actions that the market's reaction
 * rewards or penalises, by group relative policy optimisation with the supervised policy as its reference
 * ({@link GrpoSettings}, {@link Reward}). The same samples, encoder, parameters and seed give the same bits on one
 * machine with one number of threads.
 *
 * <p>Under balanced rewards the best round has the highest macro-F1 on the validation articles, which no constant
 * policy reaches; under rewards by size of move it has the highest reward. Its probabilities are then calibrated on
 * those articles ({@link Calibration}), and the calibrated classifier is exported.
 */
public final class TrlTrainer implements Trainer<ArticleSamples, TrlParameters> {

    /** Mean cross-entropy of a supervised round, with classes weighted equally, in nats. */
    public static final String TRAINING_LOSS = "training loss";

    /** Mean reward of the old policies' actions in the round; the articles' weights have mean 1. */
    public static final String REWARD = "reward";

    /** Expected reward of the reference on the articles of the round. */
    public static final String REFERENCE_REWARD = "reference reward";

    /** Mean of the clipped surrogate. */
    public static final String SURROGATE = "surrogate";

    /** Mean divergence from the reference, in nats. */
    public static final String KL = "KL";

    /** Share of the actions whose ratio of new to old probability is clipped. */
    public static final String CLIP_FRACTION = "clip fraction";

    /** Mean entropy of the policy, in nats. */
    public static final String ENTROPY = "entropy";

    /** Mean norm of the gradients before clipping. */
    public static final String GRADIENT_NORM = "gradient norm";

    /** Share of the groups in which all actions have the same reward. */
    public static final String WITHOUT_SPREAD = "groups without spread";

    /** Expected reward of the policy on the validation articles. */
    public static final String VALIDATION_REWARD = "validation reward";

    /** Expected reward of the reference on the validation articles. */
    public static final String REFERENCE_VALIDATION_REWARD = "reference validation reward";

    /** Accuracy on the validation articles, calibrated like the two metrics below. */
    public static final String VALIDATION_ACCURACY = "validation accuracy";

    /** Macro-F1 on the validation articles. */
    public static final String VALIDATION_MACRO_F1 = "validation macro-F1";

    /** Mean negative log-likelihood of the validation outcomes, in nats. */
    public static final String VALIDATION_LOG_LOSS = "validation log loss";

    /** The bundle part with the export in floats, where an int8 one serves. */
    public static final String FULL_ONNX = "model-float.onnx";

    /** Provenance entry: share of validation articles on which the int8 export agrees with the full one. */
    public static final String INT8_AGREEMENT = "result.int8Agreement";

    /** Provenance entry: temperature of the calibration. */
    public static final String TEMPERATURE = "result.temperature";

    /** Provenance entry: offsets of the calibration, in class order. */
    public static final String OFFSETS = "result.offsets";

    private static final Logger log = LoggerFactory.getLogger(TrlTrainer.class);
    private static final SampleRows EXPORT_SAMPLE = new SampleRows(64, 0);
    private static final SampleRows GOLDEN = new SampleRows(8, 0);
    private static final int SCORED_AT_ONCE = 16;
    /**
     * Test articles scored between two checks of the clock: a published encoder takes a second for a long text on a
     * busy machine.
     */
    private static final int JUDGED_AT_ONCE = 2;

    private final TrlEncoder encoder;

    /** @param encoder whose adapters are tuned */
    public TrlTrainer(TrlEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public ModelFamily family() {
        return ModelFamily.TRL;
    }

    /** @throws IllegalArgumentException if the rows do not have the encoder's tokenisation at the parameters' length */
    @Override
    public TrainedModel train(
            ArticleSamples samples, Split split, TrlParameters parameters, long seed, TrainingControl control) {
        // rejects samples that lack a class; the weights come from the rewards
        ClassWeights.of(samples, split.train(), 0);
        try (NDManager manager = Torch.manager(parameters.engine().device());
                ArticleTokens tokens = encoder.tokens(parameters.maxTokens())) {
            if (!tokens.source().equals(samples.source())) {
                throw new IllegalArgumentException("samples have rows of " + samples.source() + ", expected "
                        + tokens.source() + " as " + encoder.name() + " reads at " + parameters.maxTokens()
                        + " tokens");
            }
            Torch.seed(seed);
            SplittableRandom random = new SplittableRandom(seed);
            Weights weights = encoder.weights(manager);
            Lora lora = Lora.add(parameters.lora(), weights, random);
            BertNetwork learning = new BertNetwork(encoder.shape(), weights, lora.projection((float)
                    parameters.lora().dropout()));
            BertNetwork settled = new BertNetwork(encoder.shape(), weights, lora.projection(0));
            PolicyTraining run = new PolicyTraining(
                    new Policy(samples, weights, learning, settled),
                    split,
                    parameters,
                    encoder.freshHead(),
                    random,
                    control);
            EarlyStopping stopping = run.optimise();
            Calibration calibration = run.calibration();
            lora.calibrate(calibration);
            Weights merged = new Weights(manager);
            lora.merged().forEach((name, value) -> merged.put(name, value.numbers(), value.shape()));
            FittedModel fitted = stopping.result(merged.toSafetensors());
            PeftAdapter adapter = PeftAdapter.of(lora);
            Map<String, String> metadata = Map.of(
                    "rule", samples.source().name(),
                    "ruleHash", samples.source().hash(),
                    "datasetDigest", samples.digest(),
                    "temperature", Double.toString(calibration.temperature()));
            byte[] onnx = BertExport.toOnnx(encoder.shape(), merged, parameters.maxTokens(), metadata);
            ModelFinalization finalization = new ModelFinalization(
                    family(),
                    tokens.rowSpec(),
                    names(parameters.maxTokens()),
                    OnnxEngine.ONNX_RUNTIME,
                    EXPORT_SAMPLE,
                    GOLDEN,
                    JUDGED_AT_ONCE);
            BertNetwork served = new BertNetwork(encoder.shape(), merged);
            TrainedModel model = finalization
                    .complete(
                            samples,
                            split,
                            parameters,
                            seed,
                            new ModelFinalization.Candidate(
                                    fitted,
                                    Map.of(
                                            ModelBundle.ONNX, onnx,
                                            PeftAdapter.MODEL, adapter.model(encoder.order()),
                                            PeftAdapter.CONFIG, adapter.config(encoder.name()),
                                            TextTokens.DEFINITION, encoder.tokenizer(),
                                            BertConfig.FILE, encoder.config()),
                                    (rows, n) -> scores(served, rows, n, samples.inputs(), samples.padId()),
                                    Map.of(
                                            "pytorch", Torch.version(),
                                            "pytorch.threads", Integer.toString(Torch.threads()),
                                            "encoder", encoder.name() + " sha256:" + encoder.digest())),
                            control)
                    .withProvenance(TEMPERATURE, Double.toString(calibration.temperature()))
                    .withProvenance(OFFSETS, Arrays.toString(calibration.offsets()));
            return parameters.engine().quantise() && !control.budgetSpent()
                    ? quantised(
                            model,
                            onnx,
                            BertExport.toInt8Onnx(encoder.shape(), merged, parameters.maxTokens(), metadata),
                            samples,
                            split,
                            control)
                    : model;
        }
    }

    /** Returns the model served by an int8 export, if it agrees with the full one, which stays in the bundle. */
    private static TrainedModel quantised(
            TrainedModel model,
            byte[] onnx,
            byte[] int8,
            ArticleSamples samples,
            Split split,
            TrainingControl control) {
        try (Scorer full = OnnxEngine.ONNX_RUNTIME.open(new byte[0], onnx);
                Scorer small = OnnxEngine.ONNX_RUNTIME.open(new byte[0], int8)) {
            Int8Agreement agreement = Int8Agreement.of(
                    full,
                    small,
                    samples.matrix(split.validation()),
                    split.validation().size());
            log.info("int8 decides {} of {} validation articles alike", agreement.agreeing(), agreement.rows());
            TrainedModel withAgreement = model.withProvenance(INT8_AGREEMENT, Double.toString(agreement.share()));
            return agreement.accepted()
                    ? withAgreement.servedBy(small, int8, FULL_ONNX, JUDGED_AT_ONCE, control)
                    : withAgreement;
        }
    }

    private static List<String> names(int maxTokens) {
        List<String> names = new ArrayList<>(maxTokens);
        for (int i = 0; i < maxTokens; i++) {
            names.add("token-" + i);
        }
        return names;
    }

    private static double[] scores(BertNetwork network, double[] rows, int n, int inputs, int padding) {
        double[] scores = new double[n * Scorer.CLASSES];
        for (int from = 0; from < n; from += SCORED_AT_ONCE) {
            List<int[]> texts = new ArrayList<>();
            for (int row = from; row < Math.min(n, from + SCORED_AT_ONCE); row++) {
                int length = inputs;
                while (length > 1 && rows[row * inputs + length - 1] == padding) {
                    length--;
                }
                texts.add(Arrays.stream(rows, row * inputs, row * inputs + length)
                        .mapToInt(id -> (int) id)
                        .toArray());
            }
            float[] probabilities = network.probabilities(texts);
            for (int i = 0; i < probabilities.length; i++) {
                scores[from * Scorer.CLASSES + i] = probabilities[i];
            }
        }
        return scores;
    }
}
