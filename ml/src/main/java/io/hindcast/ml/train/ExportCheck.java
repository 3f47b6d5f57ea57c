package io.hindcast.ml.train;

import io.hindcast.ml.score.Scorer;

/** Compares an engine's probabilities with the trainer's, before a model may be registered. */
public final class ExportCheck {

    private ExportCheck() {}

    /**
     * Scores rows and compares.
     *
     * @param rows n of them, one after the other
     * @param expected n × 3, the trainer's probabilities
     * @param tolerance greatest difference of a probability that counts as rounding
     * @return the greatest difference found, at most the tolerance
     * @throws ExportMismatchException if a probability differs by more, naming row, class and both values
     */
    public static double check(Scorer scorer, double[] rows, int n, double[] expected, double tolerance) {
        double[] actual = new double[n * Scorer.CLASSES];
        scorer.score(rows, n, actual);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            // Written so that NaN fails.
            if (!(difference <= tolerance)) {
                throw new ExportMismatchException(
                        scorer.spec().engine() + " gives " + actual[i] + " for class " + i % Scorer.CLASSES + " of row "
                                + i / Scorer.CLASSES + ", expected the trainer's " + expected[i] + " within "
                                + tolerance);
            }
            worst = Math.max(worst, difference);
        }
        return worst;
    }
}
