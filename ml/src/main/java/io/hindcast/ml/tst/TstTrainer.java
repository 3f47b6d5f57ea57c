package io.hindcast.ml.tst;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.model.RowSpec;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import io.hindcast.ml.train.FittedModel;
import io.hindcast.ml.train.ModelFinalization;
import io.hindcast.ml.train.SampleRows;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.Trainer;
import io.hindcast.ml.train.TrainingControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains time series transformers by weighted cross-entropy. The same dataset, parameters and seed give the same bits
 * on one machine with one number of threads.
 */
public final class TstTrainer implements Trainer<Dataset, TstParameters> {

    private static final SampleRows EXPORT_SAMPLE = new SampleRows(400, 20);
    private static final SampleRows GOLDEN = new SampleRows(11, 5);
    static final int SCORED_AT_ONCE = 256;

    private final Optional<ModelBundle> previous;

    /** Trains from fresh weights. */
    public TstTrainer() {
        this(Optional.empty());
    }

    /**
     * @param previous version from whose weights training continues, if its shape is the same; the normalisation is
     *     computed anew
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
            FittedModel fitted = new TstFitting(dataset, split, parameters, weights, network, random, control).fit();
            Map<String, String> metadata = Map.of(
                    "featureSet", dataset.features().name(),
                    "featureSetHash", dataset.features().hash(),
                    "datasetDigest", dataset.digest(),
                    "warmStart", Boolean.toString(warm));
            byte[] onnx = TstExport.toOnnx(shape, dataset.columns(), weights, metadata);
            ModelFinalization finalization = new ModelFinalization(
                    family(),
                    RowSpec.ofBars(dataset.source(), shape.bars()),
                    names(dataset, shape.bars()),
                    OnnxEngine.ONNX_RUNTIME,
                    EXPORT_SAMPLE,
                    GOLDEN,
                    SCORED_AT_ONCE);
            return finalization.complete(
                    dataset,
                    split,
                    parameters,
                    seed,
                    new ModelFinalization.Candidate(
                            fitted,
                            Map.of(ModelBundle.ONNX, onnx),
                            (rows, n) -> scores(network, manager, rows, n, dataset.inputs()),
                            Map.of("pytorch", Torch.version(), "pytorch.threads", Integer.toString(Torch.threads()))),
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

    /** Returns column names as in {@code return-1@-29}: the feature and the number of bars before the scored one. */
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
}
