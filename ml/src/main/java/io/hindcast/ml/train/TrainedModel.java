package io.hindcast.ml.train;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.model.GoldenRows;
import io.hindcast.ml.model.ModelBundle;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came out of a training, with what went in. Its export has been checked.
 */
public final class TrainedModel {

    private final ModelFamily family;
    private final Dataset dataset;
    private final Split split;
    private final SortedMap<String, String> parameters;
    private final long seed;
    private final Fit fit;
    private final ScorerSpec scorer;
    private final byte[] onnx;
    private final double exportDifference;
    private final GoldenRows golden;
    private final Evaluation evaluation;
    private final SortedMap<String, String> libraries;

    TrainedModel(
            ModelFamily family,
            Dataset dataset,
            Split split,
            SortedMap<String, String> parameters,
            long seed,
            Fit fit,
            ScorerSpec scorer,
            byte[] onnx,
            double exportDifference,
            GoldenRows golden,
            Evaluation evaluation,
            SortedMap<String, String> libraries) {
        this.family = family;
        this.dataset = dataset;
        this.split = split;
        this.parameters = new TreeMap<>(parameters);
        this.seed = seed;
        this.fit = fit;
        this.scorer = scorer;
        this.onnx = onnx;
        this.exportDifference = exportDifference;
        this.golden = golden;
        this.evaluation = evaluation;
        this.libraries = new TreeMap<>(libraries);
    }

    /** Why no further round was done. */
    public enum Stop {
        /** The validation loss had not improved for as long as the parameters allow. */
        NO_IMPROVEMENT,
        /** All rounds were done. */
        ALL_ROUNDS,
        /** The time budget was spent. */
        TIME_BUDGET,
        /** No split was left that the parameters allow. */
        NOTHING_TO_LEARN
    }

    /**
     * The fitted model.
     *
     * @param model in the trainer's own form
     * @param rounds kept: those up to the best validation loss
     * @param validationLosses after each round done, {@code rounds} or more
     */
    record Fit(String model, int rounds, Stop stop, List<Double> validationLosses) {
        Fit {
            validationLosses = List.copyOf(validationLosses);
        }
    }

    /** Rounds kept: those up to the best validation loss. */
    public int rounds() {
        return fit.rounds();
    }

    public Stop stop() {
        return fit.stop();
    }

    /** Validation loss after each round done, those after the best included. */
    public List<Double> validationLosses() {
        return fit.validationLosses();
    }

    public Split split() {
        return split;
    }

    /** On the test rows. */
    public Evaluation evaluation() {
        return evaluation;
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
     * @param position last candle event that the dataset was sliced from
     */
    public ModelBundle bundle(LogPosition position) {
        SortedMap<String, String> told = new TreeMap<>(parameters);
        told.put("result.rounds", String.valueOf(fit.rounds()));
        told.put("result.stop", fit.stop().name());
        Provenance provenance = new Provenance(
                dataset.digest(),
                position,
                Instant.ofEpochMilli(dataset.openTime(0)),
                Instant.ofEpochMilli(dataset.outcomesReachTo(split.validation())),
                split.train().size(),
                split.validation().size(),
                dataset.features().ref(),
                dataset.label(),
                told,
                seed,
                libraries,
                platform());
        return new ModelBundle(
                family,
                scorer,
                provenance,
                evaluation,
                fit.model().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                onnx,
                golden);
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.version");
    }
}
