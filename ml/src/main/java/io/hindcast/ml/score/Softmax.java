package io.hindcast.ml.score;

/** Softmax of three scores, with the highest score subtracted first and {@link StrictMath}'s exponential. */
public final class Softmax {

    private Softmax() {}

    /** Replaces the three scores from index {@code at} on by their probabilities. */
    public static void apply(double[] scores, int at) {
        double highest = Math.max(Math.max(scores[at], scores[at + 1]), scores[at + 2]);
        double sum = 0;
        for (int i = at; i < at + Scorer.CLASSES; i++) {
            scores[i] = StrictMath.exp(scores[i] - highest);
            sum += scores[i];
        }
        for (int i = at; i < at + Scorer.CLASSES; i++) {
            scores[i] /= sum;
        }
    }
}
