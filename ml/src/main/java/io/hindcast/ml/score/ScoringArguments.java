package io.hindcast.ml.score;

/** Checks the arguments of {@link Scorer#score} for every engine. */
public final class ScoringArguments {

    private ScoringArguments() {}

    public static void check(double[] rows, int inputs, int n, double[] out) {
        if (n < 0 || rows.length < (long) n * inputs || out.length < (long) n * Scorer.CLASSES) {
            throw new IllegalArgumentException("scoring " + n + " rows of " + inputs + " values takes arrays of "
                    + (long) n * inputs + " and " + (long) n * Scorer.CLASSES + ", got " + rows.length + " and "
                    + out.length);
        }
    }
}
