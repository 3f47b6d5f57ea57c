package io.hindcast.ml.model;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScorerEngine;

/**
 * A trained model with all that is needed to load it, check it, and say where it comes from: the artifact that is stored.
 * Immutable.
 */
public final class ModelBundle {

    /** Greatest difference of a golden row's probability that is still rounding: engines sum in different orders. */
    public static final double GOLDEN_TOLERANCE = 1e-6;

    private final ModelFamily family;
    private final ScorerSpec scorer;
    private final Provenance provenance;
    private final Evaluation evaluation;
    private final byte[] nativeModel;
    private final byte[] onnx;
    private final GoldenRows golden;

    /**
     * @param scorer the engine that scores this version for ever
     * @param evaluation on rows after the validation window
     * @param nativeModel in the trainer's own form; LightGBM's is its text, UTF-8
     * @param onnx the same model in ONNX
     */
    public ModelBundle(
            ModelFamily family,
            ScorerSpec scorer,
            Provenance provenance,
            Evaluation evaluation,
            byte[] nativeModel,
            byte[] onnx,
            GoldenRows golden) {
        this.family = family;
        this.scorer = scorer;
        this.provenance = provenance;
        this.evaluation = evaluation;
        this.nativeModel = nativeModel.clone();
        this.onnx = onnx.clone();
        this.golden = golden;
    }

    /**
     * Reads what {@link #toBytes} wrote and verifies every part against the manifest.
     *
     * @throws CorruptBundleException naming the part that is missing, damaged or not understood
     */
    public static ModelBundle read(byte[] bytes) {
        return BundleFormat.read(bytes);
    }

    /** A zip archive whose bytes depend on nothing but the contents: the same bundle has the same bytes everywhere. */
    public byte[] toBytes() {
        return BundleFormat.write(this);
    }

    public ModelFamily family() {
        return family;
    }

    /** The feature set that rows to be scored must be made with. */
    public FeatureSetRef features() {
        return provenance.features();
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

    /** A copy. */
    public byte[] nativeModel() {
        return nativeModel.clone();
    }

    /** A copy. */
    public byte[] onnx() {
        return onnx.clone();
    }

    public GoldenRows golden() {
        return golden;
    }

    /**
     * Opens the engine that the version was registered with. {@link Scorer#spec} says the version of it that runs here, which may be
     * newer.
     *
     * @throws CorruptBundleException if the engine does not take the model, or takes other features than the golden rows have
     */
    public Scorer openScorer() {
        Scorer open;
        try {
            open = ScorerEngine.of(scorer).open(nativeModel, onnx);
        } catch (IllegalArgumentException e) {
            throw new CorruptBundleException("the model does not open: " + e.getMessage(), e);
        }
        if (open.features() != golden.columns()) {
            try (open) {
                throw new CorruptBundleException("the model takes " + open.features()
                        + " features, expected as many as its golden rows have, " + golden.columns());
            }
        }
        return open;
    }

    /**
     * Lets a scorer say what it makes of the golden rows.
     *
     * @throws GoldenMismatchException if a probability differs from the stored one by more than {@link #GOLDEN_TOLERANCE}
     */
    public void checkGolden(Scorer open) {
        double[] expected = golden.probabilities();
        double[] actual = new double[expected.length];
        open.score(golden.features(), golden.rows(), actual);
        for (int i = 0; i < expected.length; i++) {
            // Written so that NaN fails.
            if (!(Math.abs(actual[i] - expected[i]) <= GOLDEN_TOLERANCE)) {
                throw new GoldenMismatchException("golden row " + i / Scorer.CLASSES + " class " + i % Scorer.CLASSES
                        + " scored " + actual[i] + " on " + open.spec().engine() + " "
                        + open.spec().libraryVersion() + ", expected " + expected[i] + " within " + GOLDEN_TOLERANCE);
            }
        }
    }
}
