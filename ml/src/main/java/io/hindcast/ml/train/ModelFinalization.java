package io.hindcast.ml.train;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.model.GoldenRows;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.model.RowSpec;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScorerEngine;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From a fitted model to one that may be bundled, the same way for every family: export checked on a sample, golden
 * rows taken, test rows evaluated.
 *
 * @param rows how its rows are made
 * @param columns names of a row's values, as many as it has
 * @param engine that will score it
 * @param sample on which engines are compared with the trainer
 * @param golden rows that go with the model
 * @param scoredAtOnce test rows scored between two looks at the clock; a few seconds' worth at most
 */
public record ModelFinalization(
        ModelFamily family,
        RowSpec rows,
        List<String> columns,
        ScorerEngine engine,
        SampleRows sample,
        SampleRows golden,
        int scoredAtOnce) {

    /**
     * Checks and evaluates. Where the budget is spent before all test rows are scored, the model's split holds those
     * that are.
     *
     * @param parts of the bundle by name; {@link ModelBundle#ONNX} is one, the native model is the fit's
     * @param own the trainer's own scores of the model that was fitted
     * @param libraries name to version, beside those of the engines
     * @param control asked and told while the test rows are scored
     * @throws java.util.concurrent.CancellationException if the control says so
     * @throws io.hindcast.ml.train.ExportMismatchException if ONNX Runtime or the engine says something else than the
     *     trainer
     */
    public TrainedModel complete(
            Samples samples,
            Split split,
            TrainingParameters parameters,
            long seed,
            FittedModel fit,
            Map<String, byte[]> parts,
            ReferenceScorer own,
            Map<String, String> libraries,
            TrainingControl control) {
        SortedMap<String, byte[]> all = new TreeMap<>(parts);
        all.put(ModelBundle.NATIVE, fit.model());
        double[] probe = sample.of(samples);
        double[] expected = own.score(probe, probe.length / samples.inputs());
        double difference = check(OnnxEngine.ONNX_RUNTIME, all, probe, expected);
        if (engine != OnnxEngine.ONNX_RUNTIME) {
            difference = Math.max(difference, check(engine, all, probe, expected));
        }
        double[] goldenInputs = golden.of(samples);
        GoldenRows goldenRows =
                new GoldenRows(columns, goldenInputs, own.score(goldenInputs, goldenInputs.length / samples.inputs()));
        ScoredRows test = own.score(samples, split.test(), scoredAtOnce, control);
        Signal majority = Evaluator.mostFrequent(samples, split.train());
        Evaluation evaluation = Evaluator.evaluate(test, majority, parameters.feeRate());
        SortedMap<String, String> versions = new TreeMap<>(libraries);
        for (ScorerEngine known : List.of(OnnxEngine.ONNX_RUNTIME, engine)) {
            versions.put(known.spec().engine(), known.spec().libraryVersion());
        }
        return new TrainedModel(
                family,
                test,
                new Split(split.train(), split.validation(), test.rows()),
                majority,
                parameters.toMap(),
                seed,
                fit,
                engine.spec(),
                rows,
                all,
                difference,
                goldenRows,
                evaluation,
                versions);
    }

    private double check(ScorerEngine checked, Map<String, byte[]> parts, double[] probe, double[] expected) {
        byte[] nativeModel = parts.getOrDefault(ModelBundle.NATIVE, new byte[0]);
        byte[] onnx = parts.getOrDefault(ModelBundle.ONNX, new byte[0]);
        try (Scorer scorer = checked.open(nativeModel, onnx)) {
            return ExportCheck.check(
                    scorer, probe, expected.length / Scorer.CLASSES, expected, ModelBundle.tolerance(family));
        }
    }
}
