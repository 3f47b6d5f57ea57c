package io.hindcast.ml.train;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.evaluate.Evaluator;
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

/** What came out of a training, with what went in. Its export has been checked. */
public final class TrainedModel {

    private final ModelFamily family;
    private final ScoredRows test;
    private final Split split;
    private final Signal majority;
    private final SortedMap<String, String> parameters;
    private final long seed;
    private final FittedModel fit;
    private final ScorerSpec scorer;
    private final RowSpec rows;
    private final SortedMap<String, byte[]> parts;
    private final double exportDifference;
    private final GoldenRows golden;
    private final Evaluation evaluation;
    private final SortedMap<String, String> libraries;

    TrainedModel(
            ModelFamily family,
            ScoredRows test,
            Split split,
            Signal majority,
            SortedMap<String, String> parameters,
            long seed,
            FittedModel fit,
            ScorerSpec scorer,
            RowSpec rows,
            SortedMap<String, byte[]> parts,
            double exportDifference,
            GoldenRows golden,
            Evaluation evaluation,
            SortedMap<String, String> libraries) {
        this.family = family;
        this.test = test;
        this.split = split;
        this.majority = majority;
        this.parameters = new TreeMap<>(parameters);
        this.seed = seed;
        this.fit = fit;
        this.scorer = scorer;
        this.rows = rows;
        this.parts = parts;
        this.exportDifference = exportDifference;
        this.golden = golden;
        this.evaluation = evaluation;
        this.libraries = new TreeMap<>(libraries);
    }

    /** The same with one thing more to be known about it, under a name beside its parameters. */
    public TrainedModel noting(String name, String value) {
        SortedMap<String, String> told = new TreeMap<>(parameters);
        told.put(name, value);
        return new TrainedModel(
                family,
                test,
                split,
                majority,
                told,
                seed,
                fit,
                scorer,
                rows,
                parts,
                exportDifference,
                golden,
                evaluation,
                libraries);
    }

    /**
     * The same served by another export, such as a quantised one: golden rows and evaluation are what that says.
     *
     * @param open it, on the engine that the model has
     * @param fullAs the part that the checked export goes along as
     * @param atOnce test rows scored between two looks at the clock
     */
    public TrainedModel servedBy(Scorer open, byte[] onnx, String fullAs, int atOnce, TrainingControl control) {
        SortedMap<String, byte[]> all = new TreeMap<>(parts);
        all.put(fullAs, parts.getOrDefault(ModelBundle.ONNX, new byte[0]));
        all.put(ModelBundle.ONNX, onnx.clone());
        ReferenceScorer scores = (values, n) -> {
            double[] out = new double[n * Scorer.CLASSES];
            open.score(values, n, out);
            return out;
        };
        ScoredRows served = scores.score(test.samples(), test.rows(), atOnce, control);
        return new TrainedModel(
                family,
                served,
                new Split(split.train(), split.validation(), served.rows()),
                majority,
                parameters,
                seed,
                fit,
                scorer,
                rows,
                all,
                exportDifference,
                golden.scoredBy(scores.score(golden.inputs(), golden.rows())),
                Evaluator.evaluate(served, majority, evaluation.feeRate()),
                libraries);
    }

    /** Rounds kept: those up to the best validation loss. */
    public int rounds() {
        return fit.rounds();
    }

    public StopReason stop() {
        return fit.stop();
    }

    /** What each round done came to, those after the best included: the learning curves. */
    public List<RoundMetrics> history() {
        return fit.history();
    }

    /** Validation loss after each round done, those after the best included. */
    public List<Double> validationLosses() {
        return fit.history().stream().map(RoundMetrics::validationLoss).toList();
    }

    public Split split() {
        return split;
    }

    /** On the test rows. */
    public Evaluation evaluation() {
        return evaluation;
    }

    /** The test rows with what the trainer says about them, which {@link #evaluation} judges. */
    public ScoredRows test() {
        return test;
    }

    public ScorerSpec scorer() {
        return scorer;
    }

    /** Greatest difference between the export's and the trainer's probabilities on the sample that was compared. */
    public double exportDifference() {
        return exportDifference;
    }

    /**
     * The bundle to store.
     *
     * @param position last event that the dataset was sliced from
     */
    public ModelBundle bundle(LogPosition position) {
        return bundle(position, Map.of());
    }

    /**
     * The same.
     *
     * @param more what else the provenance shall say, beside the parameters, such as the file that the dataset came
     *     from
     */
    public ModelBundle bundle(LogPosition position, Map<String, String> more) {
        Samples samples = test.samples();
        SortedMap<String, String> told = new TreeMap<>(parameters);
        told.putAll(more);
        told.put("result.rounds", String.valueOf(fit.rounds()));
        told.put("result.stop", fit.stop().name());
        told.put("result.majorityClass", majority.name());
        told.put("result.rows.train", rows(split.train()));
        told.put("result.rows.validation", rows(split.validation()));
        told.put("result.rows.test", rows(split.test()));
        told.put("result.test.from", Instant.ofEpochMilli(test.firstTime()).toString());
        told.put("result.test.to", Instant.ofEpochMilli(test.lastTime()).toString());
        Provenance provenance = new Provenance(
                samples.digest(),
                position,
                Instant.ofEpochMilli(samples.time(0)),
                Instant.ofEpochMilli(samples.outcomesReachTo(split.validation())),
                split.train().size(),
                split.validation().size(),
                samples.source(),
                samples.label(),
                told,
                seed,
                libraries,
                platform());
        SortedMap<String, byte[]> all = new TreeMap<>(parts);
        all.put(ModelBundle.LEARNING, learningCurves().getBytes(StandardCharsets.UTF_8));
        return new ModelBundle(family, scorer, rows, provenance, evaluation, all, golden);
    }

    /** As in {@code 0-999}, both inclusive: which of the dataset's rows. */
    private static String rows(RowRange range) {
        return range.from() + "-" + (range.to() - 1);
    }

    /** A line a round and a column a figure; a figure that a round lacks is empty. */
    private String learningCurves() {
        SortedSet<String> names = new TreeSet<>();
        fit.history().forEach(round -> names.addAll(round.figures().keySet()));
        StringBuilder csv = new StringBuilder("round");
        names.forEach(name -> csv.append(',').append(name));
        csv.append('\n');
        for (RoundMetrics round : fit.history()) {
            csv.append(round.number());
            for (String name : names) {
                Double value = round.figures().get(name);
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
