package io.hindcast.ml.model;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.score.Scorer;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A trained model with everything needed to load and check it and to trace its origin: the artifact that is stored.
 * Immutable.
 */
public final class ModelBundle {

    /** The part that holds the model in its trainer's own form; LightGBM's is its text, UTF-8. */
    public static final String NATIVE = "model.native";

    /** The part that holds the same model in ONNX. */
    public static final String ONNX = "model.onnx";

    /** The part that holds the learning curves, for people: a line per round, a column per metric. */
    public static final String LEARNING = "learning.csv";

    private final ModelFamily family;
    private final ScorerSpec scorer;
    private final RowSpec rows;
    private final Provenance provenance;
    private final Evaluation evaluation;
    private final SortedMap<String, byte[]> parts;
    private final GoldenRows golden;

    /**
     * @param scorer the engine that scores this version for ever
     * @param rows how the rows that it scores are made
     * @param evaluation on rows after the validation window
     * @param parts by name: {@link #NATIVE}, {@link #ONNX} and whatever else the family needs, such as a vocabulary.
     *     Names are of letters, digits, dots, dashes and underscores
     */
    public ModelBundle(
            ModelFamily family,
            ScorerSpec scorer,
            RowSpec rows,
            Provenance provenance,
            Evaluation evaluation,
            Map<String, byte[]> parts,
            GoldenRows golden) {
        this.family = family;
        this.scorer = scorer;
        this.rows = rows;
        this.provenance = provenance;
        this.evaluation = evaluation;
        this.parts = new TreeMap<>();
        parts.forEach((name, bytes) -> this.parts.put(name, bytes.clone()));
        BundleFormat.checkNames(this.parts.keySet());
        this.golden = golden;
    }

    /**
     * Returns the greatest difference of a probability that counts as rounding: engines sum in different orders, and
     * the deeper a model, the more is summed in {@code float}.
     */
    public static double tolerance(ModelFamily family) {
        return switch (family) {
            case LIGHTGBM -> 1e-6;
            case TST -> 1e-5;
            case TRL -> 1e-4;
        };
    }

    /**
     * Reads what {@link #toBytes} wrote and verifies every part against the manifest.
     *
     * @throws CorruptBundleException naming the part that is missing, damaged or not readable
     */
    public static ModelBundle read(byte[] bytes) {
        return BundleFormat.read(bytes);
    }

    /**
     * Returns a zip archive whose bytes depend on the contents alone: the same bundle has the same bytes everywhere.
     */
    public byte[] toBytes() {
        return BundleFormat.write(this);
    }

    public ModelFamily family() {
        return family;
    }

    /** Returns how the rows to be scored are made. */
    public RowSpec rows() {
        return rows;
    }

    public LabelSpec label() {
        return provenance.label();
    }

    public ScorerSpec scorer() {
        return scorer;
    }

    public Provenance provenance() {
        return provenance;
    }

    public Evaluation evaluation() {
        return evaluation;
    }

    /** Returns a copy of the model in its trainer's own form. */
    public byte[] nativeModel() {
        return part(NATIVE);
    }

    /** Returns a copy of the model in ONNX. */
    public byte[] onnx() {
        return part(ONNX);
    }

    /** Returns the names of all parts, in order. */
    public SortedSet<String> partNames() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(parts.keySet()));
    }

    /**
     * Returns a copy of one part.
     *
     * @throws CorruptBundleException if there is none of that name
     */
    public byte[] part(String name) {
        byte[] part = parts.get(name);
        if (part == null) {
            throw new CorruptBundleException("the model bundle has no " + name + ", only " + parts.keySet());
        }
        return part.clone();
    }

    public GoldenRows golden() {
        return golden;
    }

    /** Returns a copy that is scored by another engine. */
    public ModelBundle withScorer(ScorerSpec other) {
        return new ModelBundle(family, other, rows, provenance, evaluation, parts, golden);
    }

    /** Returns a copy with other golden rows. */
    public ModelBundle withGolden(GoldenRows other) {
        return new ModelBundle(family, scorer, rows, provenance, evaluation, parts, other);
    }

    /**
     * Checks that a scorer reproduces the golden rows.
     *
     * @throws GoldenMismatchException if a probability differs from the stored one by more than {@link #tolerance}
     */
    public void checkGolden(Scorer open) {
        double tolerance = tolerance(family);
        double[] expected = golden.probabilities();
        double[] actual = new double[expected.length];
        open.score(golden.inputs(), golden.rows(), actual);
        for (int i = 0; i < expected.length; i++) {
            // Written so that NaN fails.
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                throw new GoldenMismatchException("golden row " + i / Scorer.CLASSES + " class " + i % Scorer.CLASSES
                        + " scored " + actual[i] + " on " + open.spec().engine() + " "
                        + open.spec().libraryVersion() + ", expected " + expected[i] + " within " + tolerance);
            }
        }
    }
}
