package io.hindcast.ml.lightgbm;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.model.RowSpec;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScorerEngine;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trains gradient-boosted trees with LightGBM (Ke et al., LightGBM: a highly efficient gradient boosting decision tree,
 * 2017): three classes, softmax, rows weighted by class. Stateless; each training allocates its own native memory and
 * frees it.
 */
public final class LightGbmTrainer implements Trainer<Dataset, LightGbmParameters> {

    private static final SampleRows EXPORT_SAMPLE = new SampleRows(2000, 100);
    private static final SampleRows GOLDEN = new SampleRows(54, 10);
    private static final int SCORED_AT_ONCE = 512;
    private static final List<ScorerEngine> ENGINES =
            List.of(LightGbmEngine.FLAT_TREES, OnnxEngine.ONNX_RUNTIME, LightGbmEngine.NATIVE);

    @Override
    public ModelFamily family() {
        return ModelFamily.LIGHTGBM;
    }

    @Override
    public TrainedModel train(
            Dataset dataset, Split split, LightGbmParameters parameters, long seed, TrainingControl control) {
        double[] classWeights = ClassWeights.of(dataset, split.train(), parameters.classBalance());
        FittedModel fitted = fit(dataset, split, classWeights, parameters, seed, control);
        String text = new String(fitted.model(), StandardCharsets.UTF_8);
        byte[] onnx = TreeEnsembleExport.toOnnx(
                TreeEnsemble.parse(text),
                Map.of(
                        "featureSet", dataset.features().name(),
                        "featureSetHash", dataset.features().hash(),
                        "datasetDigest", dataset.digest()));
        ModelFinalization finalization = new ModelFinalization(
                family(),
                RowSpec.ofBars(dataset.source(), 1),
                dataset.features().names(),
                LightGbmEngine.DEFAULT,
                EXPORT_SAMPLE,
                GOLDEN,
                SCORED_AT_ONCE);
        try (NativeBooster booster = NativeBooster.of(text)) {
            return finalization.complete(
                    dataset,
                    split,
                    parameters,
                    seed,
                    new ModelFinalization.Candidate(
                            fitted,
                            Map.of(ModelBundle.ONNX, onnx),
                            (rows, n) -> predict(booster, rows, n, parameters.threads()),
                            libraries()),
                    control);
        }
    }

    private static FittedModel fit(
            Dataset dataset,
            Split split,
            double[] classWeights,
            LightGbmParameters parameters,
            long seed,
            TrainingControl control) {
        EarlyStopping stopping = new EarlyStopping(control, parameters.stopping());
        String settings = parameters.toLightGbm((int) (seed ^ seed >>> 32) & Integer.MAX_VALUE);
        try (NativeDataset train = bin(dataset, split.train(), classWeights, null, settings);
                NativeDataset validation = bin(dataset, split.validation(), classWeights, train, settings);
                NativeBooster booster = NativeBooster.training(train, validation, settings)) {
            while (stopping.beginRound()) {
                boolean learned = booster.update();
                if (learned || stopping.round() == 1) {
                    stopping.completeRound(Map.of(RoundMetrics.VALIDATION_LOSS, booster.validationMetric()));
                }
                if (!learned) {
                    stopping.stop(StopReason.NOTHING_TO_LEARN);
                }
            }
            return stopping.result(booster.modelText(stopping.bestRound()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static NativeDataset bin(
            Dataset dataset,
            RowRange rows,
            double[] classWeights,
            @Nullable NativeDataset reference,
            String parameters) {
        float[] labels = new float[rows.size()];
        float[] weights = new float[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            int outcome = dataset.outcome(rows.from() + i).classIndex();
            labels[i] = outcome;
            weights[i] = (float) classWeights[outcome];
        }
        return NativeDataset.of(dataset.matrix(rows), dataset.columns(), labels, weights, reference, parameters);
    }

    private static double[] predict(NativeBooster booster, double[] rows, int n, int threads) {
        double[] out = new double[n * Scorer.CLASSES];
        booster.predict(rows, n, threads, out);
        return out;
    }

    private static SortedMap<String, String> libraries() {
        SortedMap<String, String> libraries = new TreeMap<>();
        libraries.put("lightgbm4j", LightGbmLibrary.version());
        for (ScorerEngine engine : ENGINES) {
            libraries.put(engine.spec().engine(), engine.spec().libraryVersion());
        }
        return libraries;
    }
}
