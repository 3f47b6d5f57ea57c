package io.hindcast.ml.bert;

import io.hindcast.ml.score.Scorer;
import java.util.Arrays;

/**
 * Agreement of a quantised model with its full model.
 *
 * @param rows rows that both scored
 * @param agreeing rows with the same most probable class
 * @param worst greatest difference of a probability
 */
public record Int8Agreement(int rows, int agreeing, double worst) {

    /** Share of rows that must agree before the quantised model may replace the full one. */
    public static final double LEAST = 0.99;

    private static final int TOGETHER = 64;

    /**
     * Scores the same rows with both models.
     *
     * @param rows n of them, one after the other, such as those of the validation articles
     */
    public static Int8Agreement of(Scorer full, Scorer quantised, double[] rows, int n) {
        int width = full.inputs();
        int agreeing = 0;
        double worst = 0;
        for (int from = 0; from < n; from += TOGETHER) {
            int count = Math.min(TOGETHER, n - from);
            double[] part = Arrays.copyOfRange(rows, from * width, (from + count) * width);
            double[] expected = new double[count * Scorer.CLASSES];
            double[] actual = new double[count * Scorer.CLASSES];
            full.score(part, count, expected);
            quantised.score(part, count, actual);
            for (int row = 0; row < count; row++) {
                agreeing += decision(expected, row) == decision(actual, row) ? 1 : 0;
            }
            for (int i = 0; i < actual.length; i++) {
                worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
            }
        }
        return new Int8Agreement(n, agreeing, worst);
    }

    private static int decision(double[] probabilities, int row) {
        int best = 0;
        for (int c = 1; c < Scorer.CLASSES; c++) {
            if (probabilities[row * Scorer.CLASSES + c] > probabilities[row * Scorer.CLASSES + best]) {
                best = c;
            }
        }
        return best;
    }

    /** Returns the share of agreeing rows, 0 to 1; 0 if there are no rows. */
    public double share() {
        return rows == 0 ? 0 : (double) agreeing / rows;
    }

    /** Returns whether enough rows agree, at least {@value #LEAST}. */
    public boolean accepted() {
        return share() >= LEAST;
    }
}
