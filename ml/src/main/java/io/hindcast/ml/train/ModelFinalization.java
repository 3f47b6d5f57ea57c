package io.hindcast.ml.train;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.evaluate.OutcomeCounts;
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
 * Turns a fitted model into one that may be bundled, the same way for every family: checks the export on a sample,
 * takes golden rows, and evaluates on the test rows.
 *
 * @param rows how the model's rows are made
 * @param columns names of a row's values
 * @param engine with which the version is registered
 * @param sample rows on which engines are compared with the trainer
 * @param golden rows that are stored with the model
 * @param batch test rows scored between two checks of the clock; a few seconds' worth at most
 */
public record ModelFinalization(
        ModelFamily family,
        RowSpec rows,
        List<String> columns,
        ScorerEngine engine,
        SampleRows sample,
        SampleRows golden,
        int batch) {

    /**
     * A fitted model with its export.
     *
     * @param parts of the bundle by name; {@link ModelBundle#ONNX} is one. The native model is that of {@code fitted}
     * @param reference scorer of the fitted model
     * @param libraries name to version, beside those of the engines
     */
    public record Candidate(
            FittedModel fitted, Map<String, byte[]> parts, ReferenceScorer reference, Map<String, String> libraries) {}

    /**
     * Checks and evaluates. Where the budget is spent before all test rows are scored, the model's split holds those
     * that are.
     *
     * @param control reports the scored test rows, and limits their number
     * @throws java.util.concurrent.CancellationException if the training was cancelled
     * @throws ExportMismatchException if ONNX Runtime or the engine differs from the trainer
     */
    public TrainedModel complete(
            Samples samples,
            Split split,
            TrainingParameters parameters,
            long seed,
            Candidate candidate,
            TrainingControl control) {
        ReferenceScorer reference = candidate.reference();
        SortedMap<String, byte[]> parts = new TreeMap<>(candidate.parts());
        parts.put(ModelBundle.NATIVE, candidate.fitted().model());
        double[] probe = sample.of(samples);
        double[] expected = reference.score(probe, probe.length / samples.inputs());
        double difference = check(OnnxEngine.ONNX_RUNTIME, parts, probe, expected);
        if (engine != OnnxEngine.ONNX_RUNTIME) {
            difference = Math.max(difference, check(engine, parts, probe, expected));
        }
        double[] goldenInputs = golden.of(samples);
        GoldenRows goldenRows = new GoldenRows(
                columns, goldenInputs, reference.score(goldenInputs, goldenInputs.length / samples.inputs()));
        ScoredRows test = reference.score(samples, split.test(), batch, control);
        OutcomeCounts trained = OutcomeCounts.of(samples, split.train());
        Evaluation evaluation =
                Evaluator.evaluate(test, trained, parameters.evaluation().feeRate());
        SortedMap<String, String> versions = new TreeMap<>(candidate.libraries());
        for (ScorerEngine known : List.of(OnnxEngine.ONNX_RUNTIME, engine)) {
            versions.put(known.code(), known.version());
        }
        return new TrainedModel(
                family,
                candidate.fitted(),
                new TrainedModel.Origin(new TreeMap<>(parameters.toMap()), seed, versions),
                new TrainedModel.Export(engine.spec(), rows, parts, difference, goldenRows),
                new TrainedModel.TestResult(
                        test, new Split(split.train(), split.validation(), test.rows()), trained, evaluation));
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
