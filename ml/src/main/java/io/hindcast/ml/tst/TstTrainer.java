package io.hindcast.ml.tst;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.model.RowSpec;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Optimization;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import io.hindcast.ml.train.ClassWeights;
import io.hindcast.ml.train.EarlyStopping;
import io.hindcast.ml.train.FittedModel;
import io.hindcast.ml.train.ModelFinalization;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.SampleRows;
import io.hindcast.ml.train.StopReason;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.Trainer;
import io.hindcast.ml.train.TrainingControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Trains time series transformers by weighted cross-entropy. The same dataset, parameters and seed give the same bits
 * on one machine with one number of threads.
 */
public final class TstTrainer implements Trainer<Dataset, TstParameters> {

    private static final SampleRows EXPORT_SAMPLE = new SampleRows(400, 20);
    private static final SampleRows GOLDEN = new SampleRows(11, 5);
    private static final int SCORED_AT_ONCE = 256;
    private static final int STEPS_BETWEEN_LOOKS = 20;

    private final Optional<ModelBundle> previous;

    /** Trains from fresh weights. */
    public TstTrainer() {
        this(Optional.empty());
    }

    /**
     * @param previous version whose weights training goes on from, if its shape is the same; its normalisation is made
     *     anew
     */
    public TstTrainer(Optional<ModelBundle> previous) {
        this.previous = previous;
    }

    @Override
    public ModelFamily family() {
        return ModelFamily.TST;
    }

    @Override
    public TrainedModel train(
            Dataset dataset, Split split, TstParameters parameters, long seed, TrainingControl control) {
        TstShape shape = parameters.shape();
        if (dataset.windowBars() != shape.bars()) {
            throw new IllegalArgumentException("dataset has windows of " + dataset.windowBars() + " bars, expected "
                    + shape.bars() + " as " + parameters.preset() + " reads");
        }
        try (NDManager manager = Torch.manager(parameters.device())) {
            Torch.seed(seed);
            SplittableRandom random = new SplittableRandom(seed);
            Weights weights = new Weights(manager);
            TstNetwork.initialise(shape, dataset.columns(), Normalisation.of(dataset, split.train()), weights, random);
            boolean warm = previous.isPresent() && warmStart(previous.get(), weights);
            TstNetwork network = new TstNetwork(shape, dataset.columns(), weights);
            FittedModel fit = new Run(dataset, split, parameters, weights, network, random, control).fit();
            Map<String, String> metadata = Map.of(
                    "featureSet", dataset.features().name(),
                    "featureSetHash", dataset.features().hash(),
                    "datasetDigest", dataset.digest(),
                    "warmStart", Boolean.toString(warm));
            byte[] onnx = TstExport.toOnnx(shape, dataset.columns(), weights, metadata);
            ModelFinalization completion = new ModelFinalization(
                    family(),
                    RowSpec.ofBars(dataset.source(), shape.bars()),
                    names(dataset, shape.bars()),
                    OnnxEngine.ONNX_RUNTIME,
                    EXPORT_SAMPLE,
                    GOLDEN,
                    SCORED_AT_ONCE);
            return completion.complete(
                    dataset,
                    split,
                    parameters,
                    seed,
                    fit,
                    Map.of(ModelBundle.ONNX, onnx),
                    (rows, n) -> scores(network, manager, rows, n, dataset.inputs()),
                    Map.of("pytorch", Torch.version(), "pytorch.threads", Integer.toString(Torch.threads())),
                    control);
        }
    }

    private static boolean warmStart(ModelBundle bundle, Weights weights) {
        Map<String, Weights.Values> old = Weights.fromSafetensors(bundle.nativeModel());
        for (Map.Entry<String, NDArray> weight : weights.trained().entrySet()) {
            Weights.Values values = old.get(weight.getKey());
            if (values == null
                    || !new Shape(values.shape()).equals(weight.getValue().getShape())) {
                return false;
            }
        }
        weights.trained().forEach((name, weight) -> {
            Weights.Values values = old.get(name);
            if (values != null) {
                weight.set(values.numbers());
            }
        });
        return true;
    }

    /** As in {@code return-1@-29}: the feature and how many bars before the scored one. */
    private static List<String> names(Dataset dataset, int bars) {
        List<String> names = new ArrayList<>(bars * dataset.columns());
        for (int bar = bars - 1; bar >= 0; bar--) {
            for (String feature : dataset.features().names()) {
                names.add(bar == 0 ? feature : feature + "@-" + bar);
            }
        }
        return names;
    }

    private static double[] scores(TstNetwork network, NDManager manager, double[] rows, int n, int inputs) {
        double[] scores = new double[n * Scorer.CLASSES];
        for (int from = 0; from < n; from += SCORED_AT_ONCE) {
            int some = Math.min(SCORED_AT_ONCE, n - from);
            float[] values = new float[some * inputs];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) rows[from * inputs + i];
            }
            try (NDManager step = manager.newSubManager()) {
                float[] probabilities = network.probabilities(step, values, some);
                for (int i = 0; i < probabilities.length; i++) {
                    scores[from * Scorer.CLASSES + i] = probabilities[i];
                }
            }
        }
        return scores;
    }

    /** One training under way. */
    private static final class Run {
        private final Dataset dataset;
        private final TstParameters parameters;
        private final Weights weights;
        private final TstNetwork network;
        private final SplittableRandom random;
        private final TrainingControl control;
        private final double[] classWeights;
        private final RowRange validation;
        private final int[] order;
        private int used;

        Run(
                Dataset dataset,
                Split split,
                TstParameters parameters,
                Weights weights,
                TstNetwork network,
                SplittableRandom random,
                TrainingControl control) {
            this.dataset = dataset;
            this.parameters = parameters;
            this.weights = weights;
            this.network = network;
            this.random = random;
            this.control = control;
            this.classWeights = ClassWeights.of(dataset, split.train(), parameters.classBalance());
            this.validation = split.validation();
            this.order = new int[split.train().size()];
            for (int i = 0; i < order.length; i++) {
                order[i] = split.train().from() + i;
            }
            this.used = order.length;
        }

        FittedModel fit() {
            Optimization optimization = new Optimization(
                    weights, parameters.learningRate(), parameters.weightDecay(), parameters.maxNorm());
            int steps =
                    Math.min(parameters.stepsPerEpoch(), (order.length + parameters.batch() - 1) / parameters.batch());
            EarlyStopping rounds = new EarlyStopping(control, parameters.epochs(), parameters.patience());
            Map<String, float[]> best = weights.snapshot();
            while (rounds.next()) {
                double loss = 0;
                double norm = 0;
                int step = 0;
                while (step < steps && rounds.goesOn(step)) {
                    int[] batch = nextBatch();
                    loss += optimization.accumulate(manager -> loss(manager, batch, (float) parameters.dropout()));
                    norm += optimization.step();
                    step++;
                    if (step % STEPS_BETWEEN_LOOKS == 0) {
                        control.progress().step(rounds.number(), step, steps);
                    }
                }
                if (step < steps && rounds.any()) {
                    break;
                }
                OptionalDouble validationLoss = validationLoss(rounds);
                if (validationLoss.isEmpty()) {
                    break;
                }
                if (rounds.done(Map.of(
                        RoundMetrics.VALIDATION_LOSS,
                        validationLoss.getAsDouble(),
                        "training loss",
                        loss / step,
                        "gradient norm",
                        norm / step))) {
                    best = weights.snapshot();
                }
            }
            weights.restore(best);
            return rounds.fit(weights.toSafetensors());
        }

        /** Rows in random order, each once before any comes again. */
        private int[] nextBatch() {
            int size = Math.min(parameters.batch(), order.length);
            int[] batch = new int[size];
            for (int i = 0; i < size; i++) {
                if (used == order.length) {
                    used = 0;
                }
                int other = used + random.nextInt(order.length - used);
                int row = order[other];
                order[other] = order[used];
                order[used++] = row;
                batch[i] = row;
            }
            return batch;
        }

        /**
         * Empty if the time is up meanwhile and there is an earlier round to keep; of a first round it is the loss on
         * the rows done by then.
         */
        private OptionalDouble validationLoss(EarlyStopping rounds) {
            int n = Math.min(parameters.validationRows(), validation.size());
            double sum = 0;
            double weight = 0;
            for (int from = 0; from < n; from += SCORED_AT_ONCE) {
                control.check("in the validation of round " + rounds.number());
                if (rounds.any() && control.trainingTimeSpent()) {
                    rounds.end(StopReason.TIME_BUDGET);
                    return OptionalDouble.empty();
                }
                if (from > 0 && control.budgetSpent()) {
                    break;
                }
                int[] batch = new int[Math.min(SCORED_AT_ONCE, n - from)];
                double weightOfBatch = 0;
                for (int i = 0; i < batch.length; i++) {
                    batch[i] = validation.from() + (int) ((long) (from + i) * validation.size() / n);
                    weightOfBatch += classWeights[dataset.outcome(batch[i]).classIndex()];
                }
                try (NDManager manager = weights.manager().newSubManager()) {
                    sum += loss(manager, batch, 0).getFloat() * weightOfBatch;
                }
                weight += weightOfBatch;
            }
            return OptionalDouble.of(sum / weight);
        }

        /** Mean over the batch of −w·ln p(outcome), w the outcome's class weight, their sum being 1. */
        private NDArray loss(NDManager manager, int[] batch, float dropout) {
            double[] row = new double[dataset.inputs()];
            float[] windows = new float[batch.length * row.length];
            float[] shares = new float[batch.length * Scorer.CLASSES];
            double sum = 0;
            for (int rowOf : batch) {
                sum += classWeights[dataset.outcome(rowOf).classIndex()];
            }
            for (int i = 0; i < batch.length; i++) {
                dataset.read(batch[i], row, 0);
                for (int c = 0; c < row.length; c++) {
                    windows[i * row.length + c] = (float) row[c];
                }
                int outcome = dataset.outcome(batch[i]).classIndex();
                shares[i * Scorer.CLASSES + outcome] = (float) (classWeights[outcome] / sum);
            }
            NDArray logits = network.logits(network.windows(manager, windows, batch.length), dropout);
            return logits.logSoftmax(-1)
                    .mul(manager.create(shares, new Shape(batch.length, Scorer.CLASSES)))
                    .sum()
                    .neg();
        }
    }
}
