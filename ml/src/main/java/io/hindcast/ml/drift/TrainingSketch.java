package io.hindcast.ml.drift;

import io.hindcast.api.HindcastJson;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.model.CorruptBundleException;
import io.hindcast.ml.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The distributions that a model was trained on and predicted, from which drift is measured. Stored in its bundle: some
 * kilobytes that depend on the dataset and the model alone.
 *
 * @param features each feature's sketch over training rows, by name; empty for rows of texts
 * @param predictions the sketch of each signal's probability over the test rows, by {@code sell}, {@code hold},
 *     {@code buy}. Not over training rows, on which a model is more certain than on any later ones
 */
public record TrainingSketch(SortedMap<String, Sketch> features, SortedMap<String, Sketch> predictions) {

    /** Name of the bundle's part. */
    public static final String PART = "drift.json";

    /** Bins of a sketch: each holds 5 % of the training rows. */
    public static final int BINS = 20;

    /** Rows of which a sketch is made at most, evenly spaced over the training rows. */
    private static final int MOST_ROWS = 20_000;

    public TrainingSketch {
        features = new TreeMap<>(features);
        predictions = new TreeMap<>(predictions);
    }

    /**
     * Sketches a model's training rows and its predictions of the test rows.
     *
     * @param train training rows, 1 or more
     * @param names names of the features, which are the last values of a row; empty for rows of texts
     * @param test scored test rows
     */
    public static TrainingSketch of(Samples samples, RowRange train, List<String> names, ScoredRows test) {
        SortedMap<String, Sketch> features = new TreeMap<>();
        int rows = Math.min(MOST_ROWS, train.size());
        double[][] columns = new double[names.size()][rows];
        double[] row = new double[samples.inputs()];
        for (int i = 0; i < rows && !names.isEmpty(); i++) {
            samples.read(train.from() + (int) ((long) i * train.size() / rows), row, 0);
            for (int c = 0; c < columns.length; c++) {
                columns[c][i] = row[row.length - columns.length + c];
            }
        }
        for (int c = 0; c < columns.length; c++) {
            features.put(names.get(c), Sketch.byQuantiles(columns[c], BINS));
        }
        SortedMap<String, Sketch> predictions = new TreeMap<>();
        for (Signal signal : Signal.CLASSES) {
            double[] values = new double[test.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = test.probabilities()[Signal.CLASSES.size() * i + signal.classIndex()];
            }
            predictions.put(signal.name().toLowerCase(Locale.ROOT), Sketch.byQuantiles(values, BINS));
        }
        return new TrainingSketch(features, predictions);
    }

    /** Returns the form that is stored in a bundle: JSON with the names in order. */
    public byte[] toBytes() {
        try {
            return HindcastJson.mapper().writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the sketch of a bundle; empty for a bundle without one.
     *
     * @throws CorruptBundleException if it cannot be read
     */
    public static Optional<TrainingSketch> of(ModelBundle bundle) {
        if (!bundle.partNames().contains(PART)) {
            return Optional.empty();
        }
        try {
            return Optional.of(HindcastJson.mapper().readValue(bundle.part(PART), TrainingSketch.class));
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptBundleException(PART + " in the model bundle: " + e.getMessage(), e);
        }
    }
}
