package io.hindcast.ml.train;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.label.SignalClass;
import io.hindcast.ml.lightgbm.LightGbmLibrary;
import io.hindcast.ml.lightgbm.NativeBooster;
import io.hindcast.ml.lightgbm.NativeDataset;
import io.hindcast.ml.lightgbm.TreeEnsemble;
import io.hindcast.ml.model.GoldenRows;
import io.hindcast.ml.onnx.ExportCheck;
import io.hindcast.ml.onnx.TreeEnsembleExport;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScorerEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Gradient-boosted trees by LightGBM (Ke et al., LightGBM: a highly efficient gradient boosting decision tree, 2017):
 * three classes, softmax, rows weighted by class. Stateless; each training holds its own native memory and frees it.
 */
public final class LightGbmTrainer implements Trainer<LightGbmParameters> {

    private static final int EXPORT_SAMPLE = 2000;
    private static final int EXPORT_SAMPLE_MISSING = 100;
    private static final int GOLDEN = 54;
    private static final int GOLDEN_MISSING = 10;

    @Override
    public ModelFamily family() {
        return ModelFamily.LIGHTGBM;
    }

    @Override
    public TrainedModel train(Dataset dataset, LightGbmParameters parameters, long seed, TrainingControl control) {
        return train(dataset, parameters.split().split(dataset), parameters, seed, control);
    }

    /** Trains on a split of the caller's own, such as one fold of a walk-forward evaluation. */
    public TrainedModel train(
            Dataset dataset, Split split, LightGbmParameters parameters, long seed, TrainingControl control) {
        double[] classWeights = classWeights(dataset, split.train(), parameters.classBalance());
        TrainedModel.Fit fit = fit(dataset, split, classWeights, parameters, seed, control);
        byte[] text = fit.model().getBytes(StandardCharsets.UTF_8);
        byte[] onnx = TreeEnsembleExport.toOnnx(
                TreeEnsemble.parse(fit.model()),
                Map.of(
                        "featureSet", dataset.features().name(),
                        "featureSetHash", dataset.features().hash(),
                        "datasetDigest", dataset.digest()));
        ScorerEngine engine = ScorerEngine.LIGHTGBM_DEFAULT;
        double difference;
        GoldenRows golden;
        Evaluation evaluation;
        try (NativeBooster trainer = NativeBooster.of(fit.model())) {
            double[] sample = SampleRows.of(dataset, EXPORT_SAMPLE, EXPORT_SAMPLE_MISSING);
            double[] expected = predict(trainer, sample, parameters);
            difference = Math.max(
                    check(ScorerEngine.ONNX_RUNTIME, text, onnx, sample, expected),
                    check(engine, text, onnx, sample, expected));
            double[] goldenFeatures = SampleRows.of(dataset, GOLDEN, GOLDEN_MISSING);
            golden = new GoldenRows(
                    dataset.features().names(), goldenFeatures, predict(trainer, goldenFeatures, parameters));
            evaluation = Evaluator.evaluate(
                    dataset,
                    split.test(),
                    split.train(),
                    predict(trainer, dataset.matrix(split.test()), parameters),
                    parameters.feeRate());
        }
        return new TrainedModel(
                family(),
                dataset,
                split,
                parameters.toMap(),
                seed,
                fit,
                engine.spec(),
                onnx,
                difference,
                golden,
                evaluation,
                libraries());
    }

    private static TrainedModel.Fit fit(
            Dataset dataset,
            Split split,
            double[] classWeights,
            LightGbmParameters parameters,
            long seed,
            TrainingControl control) {
        long begun = control.nanoTime().getAsLong();
        String told = parameters.toLightGbm((int) (seed ^ seed >>> 32) & Integer.MAX_VALUE);
        try (NativeDataset train = bin(dataset, split.train(), classWeights, null, told);
                NativeDataset validation = bin(dataset, split.validation(), classWeights, train, told);
                NativeBooster booster = NativeBooster.training(train, validation, told)) {
            List<Double> losses = new ArrayList<>();
            double best = Double.POSITIVE_INFINITY;
            int bestRound = 1;
            TrainedModel.Stop stop = TrainedModel.Stop.ALL_ROUNDS;
            for (int round = 1; round <= parameters.rounds(); round++) {
                if (control.cancelled().getAsBoolean()) {
                    throw new CancellationException("LightGBM training was cancelled before round " + round);
                }
                if (round > 1
                        && control.nanoTime().getAsLong() - begun
                                >= control.budget().toNanos()) {
                    stop = TrainedModel.Stop.TIME_BUDGET;
                    break;
                }
                boolean learned = booster.update();
                if (!learned && round > 1) {
                    stop = TrainedModel.Stop.NOTHING_TO_LEARN;
                    break;
                }
                double loss = booster.validationMetric();
                losses.add(loss);
                control.progress().round(round, parameters.rounds(), loss);
                if (loss < best) {
                    best = loss;
                    bestRound = round;
                }
                if (!learned) {
                    stop = TrainedModel.Stop.NOTHING_TO_LEARN;
                    break;
                }
                if (round - bestRound >= parameters.patience()) {
                    stop = TrainedModel.Stop.NO_IMPROVEMENT;
                    break;
                }
            }
            return new TrainedModel.Fit(booster.modelText(bestRound), bestRound, stop, losses);
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
            int outcome = SignalClass.of(dataset.outcome(rows.from() + i));
            labels[i] = outcome;
            weights[i] = (float) classWeights[outcome];
        }
        return NativeDataset.of(dataset.matrix(rows), dataset.columns(), labels, weights, reference, parameters);
    }

    /** Weight of a row of each class; the mean weight of all rows is 1. */
    static double[] classWeights(Dataset dataset, RowRange rows, double balance) {
        int[] counts = dataset.outcomeCounts(rows);
        double[] weights = new double[counts.length];
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                throw new IllegalArgumentException("the " + rows.size() + " rows to train on have no "
                        + SignalClass.signal(c) + " among their outcomes (SELL, HOLD, BUY: " + Arrays.toString(counts)
                        + "), expected some of each: train on more bars or change the label's threshold");
            }
            weights[c] = StrictMath.pow(rows.size() / (3.0 * counts[c]), balance);
            sum += weights[c] * counts[c];
        }
        for (int c = 0; c < weights.length; c++) {
            weights[c] *= rows.size() / sum;
        }
        return weights;
    }

    private static double[] predict(NativeBooster booster, double[] features, LightGbmParameters parameters) {
        int rows = features.length / booster.features();
        double[] out = new double[rows * Scorer.CLASSES];
        booster.predict(features, rows, parameters.threads(), out);
        return out;
    }

    private static double check(ScorerEngine engine, byte[] text, byte[] onnx, double[] sample, double[] expected) {
        try (Scorer scorer = engine.open(text, onnx)) {
            return ExportCheck.check(scorer, sample, expected.length / Scorer.CLASSES, expected);
        }
    }

    private static SortedMap<String, String> libraries() {
        SortedMap<String, String> libraries = new TreeMap<>();
        libraries.put("lightgbm4j", LightGbmLibrary.version());
        for (ScorerEngine engine : ScorerEngine.values()) {
            libraries.put(engine.spec().engine(), engine.spec().libraryVersion());
        }
        return libraries;
    }
}
