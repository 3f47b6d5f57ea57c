package io.hindcast.ml.onnx;

import io.hindcast.ml.score.Scorer;

/** Compares an engine's output with the trainer's own, before a model may be registered. */
public final class ExportCheck {

    /** Greatest difference of any probability that is still rounding. */
    public static final double TOLERANCE = 1e-6;

    private ExportCheck() {}

    /**
     * Scores the sample and compares.
     *
     * @param features rows × features, row-major
     * @param expected rows × 3, the trainer's own probabilities
     * @return the greatest difference found, at most {@link #TOLERANCE}
     * @throws ExportMismatchException if a probability differs by more, naming row, class and both values
     */
    public static double check(Scorer scorer, double[] features, int rows, double[] expected) {
        double[] actual = new double[rows * Scorer.CLASSES];
        scorer.score(features, rows, actual);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            // Written so that NaN fails.
            if (!(difference <= TOLERANCE)) {
                throw new ExportMismatchException(
                        scorer.spec().engine() + " gives " + actual[i] + " for class " + i % Scorer.CLASSES + " of row "
                                + i / Scorer.CLASSES + ", expected the trainer's " + expected[i] + " within "
                                + TOLERANCE);
            }
            worst = Math.max(worst, difference);
        }
        return worst;
    }
}
