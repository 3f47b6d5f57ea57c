package io.hindcast.ml.train;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.drift.TrainingSketch;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.evaluate.OutcomeCounts;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.model.GoldenRows;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.model.RowSpec;
import io.hindcast.ml.score.Scorer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The result of a training together with its origin. Its export has been checked. Immutable. */
public final class TrainedModel {

    private final ModelFamily family;
    private final FittedModel fitted;
    private final Origin origin;
    private final Export export;
    private final TestResult result;

    /**
     * Inputs of the training.
     *
     * @param parameters by name
     * @param libraries name to version
     */
    record Origin(SortedMap<String, String> parameters, long seed, SortedMap<String, String> libraries) {}

    /**
     * The checked export.
     *
     * @param parts of the bundle by name
     * @param difference greatest difference of a probability from the trainer's
     */
    record Export(
            ScorerSpec scorer, RowSpec rows, SortedMap<String, byte[]> parts, double difference, GoldenRows golden) {}

    /**
     * The evaluation on the test rows.
     *
     * @param test scored test rows
     * @param trained outcomes of the training rows
     */
    record TestResult(ScoredRows test, Split split, OutcomeCounts trained, Evaluation evaluation) {}

    TrainedModel(ModelFamily family, FittedModel fitted, Origin origin, Export export, TestResult result) {
        this.family = family;
        this.fitted = fitted;
        this.origin = origin;
        this.export = export;
        this.result = result;
    }

    /** Returns a copy with one more provenance entry, beside the parameters. */
    public TrainedModel withProvenance(String name, String value) {
        SortedMap<String, String> parameters = new TreeMap<>(origin.parameters);
        parameters.put(name, value);
        return new TrainedModel(family, fitted, new Origin(parameters, origin.seed, origin.libraries), export, result);
    }

    /**
     * Returns a copy that is served by another export, such as a quantised one: golden rows and evaluation are those of
     * that export.
     *
     * @param open scorer of the other export, on the engine of this model
     * @param fullAs name of the part under which the checked export is kept
     * @param batch test rows scored between two checks of the clock
     */
    public TrainedModel servedBy(Scorer open, byte[] onnx, String fullAs, int batch, TrainingControl control) {
        SortedMap<String, byte[]> parts = new TreeMap<>(export.parts);
        parts.put(fullAs, export.parts.getOrDefault(ModelBundle.ONNX, new byte[0]));
        parts.put(ModelBundle.ONNX, onnx.clone());
        ReferenceScorer scores = (values, n) -> {
            double[] out = new double[n * Scorer.CLASSES];
            open.score(values, n, out);
            return out;
        };
        GoldenRows golden = export.golden.scoredBy(scores.score(export.golden.inputs(), export.golden.rows()));
        ScoredRows test = scores.score(result.test.samples(), result.test.rows(), batch, control);
        return new TrainedModel(
                family,
                fitted,
                origin,
                new Export(export.scorer, export.rows, parts, export.difference, golden),
                new TestResult(
                        test,
                        new Split(result.split.train(), result.split.validation(), test.rows()),
                        result.trained,
                        Evaluator.evaluate(test, result.trained, result.evaluation.feeRate())));
    }

    /** Returns the number of rounds kept: those up to the lowest validation loss. */
    public int rounds() {
        return fitted.rounds();
    }

    public StopReason stopReason() {
        return fitted.stopReason();
    }

    /** Returns the learning curves: metrics of every round, those after the best included. */
    public List<RoundMetrics> history() {
        return fitted.history();
    }

    /** Returns the validation loss of every round, those after the best included. */
    public List<Double> validationLosses() {
        return fitted.history().stream().map(RoundMetrics::validationLoss).toList();
    }

    public Split split() {
        return result.split;
    }

    /** Returns the evaluation on the test rows. */
    public Evaluation evaluation() {
        return result.evaluation;
    }

    /** Returns the test rows with the probabilities that {@link #evaluation} evaluates. */
    public ScoredRows test() {
        return result.test;
    }

    public ScorerSpec scorer() {
        return export.scorer;
    }

    /** Returns the greatest difference between the export's and the trainer's probabilities on the compared sample. */
    public double exportDifference() {
        return export.difference;
    }

    /**
     * Returns the bundle to store.
     *
     * @param position last event from which the dataset was sliced
     */
    public ModelBundle bundle(LogPosition position) {
        return bundle(position, Map.of());
    }

    /**
     * Returns the bundle to store, with more provenance.
     *
     * @param position last event from which the dataset was sliced
     * @param more provenance entries beside the parameters, such as the file from which the dataset came
     */
    public ModelBundle bundle(LogPosition position, Map<String, String> more) {
        SortedMap<String, byte[]> parts = new TreeMap<>(export.parts);
        parts.put(ModelBundle.LEARNING, learningCurves().getBytes(StandardCharsets.UTF_8));
        parts.put(
                TrainingSketch.PART,
                TrainingSketch.of(result.test.samples(), result.split.train(), features(), result.test)
                        .toBytes());
        return new ModelBundle(
                family,
                export.scorer,
                export.rows,
                provenance(position, more),
                result.evaluation,
                parts,
                export.golden);
    }

    /** Returns the names of the scored bar's features, the last values of a row; empty for rows of texts. */
    private List<String> features() {
        List<String> names = export.golden.names();
        int bars = export.rows.bars();
        return bars == 0 ? List.of() : names.subList(names.size() - names.size() / bars, names.size());
    }

    private Provenance provenance(LogPosition position, Map<String, String> more) {
        Samples samples = result.test.samples();
        Split split = result.split;
        SortedMap<String, String> entries = new TreeMap<>(origin.parameters);
        entries.putAll(more);
        entries.put("result.rounds", String.valueOf(fitted.rounds()));
        entries.put("result.stop", fitted.stopReason().name());
        entries.put(OutcomeCounts.PROVENANCE, result.trained.toString());
        entries.put("result.rows.train", rows(split.train()));
        entries.put("result.rows.validation", rows(split.validation()));
        entries.put("result.rows.test", rows(split.test()));
        entries.put(
                "result.test.from",
                Instant.ofEpochMilli(result.test.firstTime()).toString());
        entries.put(
                "result.test.to", Instant.ofEpochMilli(result.test.lastTime()).toString());
        return new Provenance(
                samples.digest(),
                position,
                Instant.ofEpochMilli(samples.time(0)),
                Instant.ofEpochMilli(samples.outcomesReachTo(split.validation())),
                split.train().size(),
                split.validation().size(),
                samples.source(),
                samples.label(),
                entries,
                origin.seed,
                origin.libraries,
                platform());
    }

    /** Rows of the dataset as in {@code 0-999}, both inclusive. */
    private static String rows(RowRange range) {
        return range.from() + "-" + (range.to() - 1);
    }

    /** A line a round and a column a metric; a metric that a round lacks is empty. */
    private String learningCurves() {
        SortedSet<String> names = new TreeSet<>();
        fitted.history().forEach(round -> names.addAll(round.values().keySet()));
        StringBuilder csv = new StringBuilder("round");
        names.forEach(name -> csv.append(',').append(name));
        csv.append('\n');
        for (RoundMetrics round : fitted.history()) {
            csv.append(round.round());
            for (String name : names) {
                Double value = round.values().get(name);
                csv.append(',').append(value == null ? "" : value.toString());
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.version");
    }
}
