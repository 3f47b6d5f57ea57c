package io.hindcast.ml.score;

/** The one check of what callers pass to {@link Scorer#score}. */
final class ScoringArguments {

    private ScoringArguments() {}

    static void check(double[] features, int columns, int rows, double[] out) {
        if (rows < 0 || features.length < (long) rows * columns || out.length < (long) rows * Scorer.CLASSES) {
            throw new IllegalArgumentException("scoring " + rows + " rows of " + columns + " features takes arrays of "
                    + (long) rows * columns + " and " + (long) rows * Scorer.CLASSES + ", got " + features.length
                    + " and " + out.length);
        }
    }
}
