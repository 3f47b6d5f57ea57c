package io.hindcast.ml.bert;

import io.hindcast.ml.score.Scorer;
import java.util.Arrays;

/**
 * How far a quantised model decides as the one it was made of.
 *
 * @param rows that both scored
 * @param agreeing rows in which the most probable class is the same
 * @param worst greatest difference of a probability
 */
public record Int8Agreement(int rows, int agreeing, double worst) {

    /** Share of rows that must agree before the quantised model may take the other's place. */
    public static final double LEAST = 0.99;

    private static final int TOGETHER = 64;

    /**
     * Lets both score the same rows.
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

    /** From 0 to 1; 0 if there are no rows, which say nothing. */
    public double share() {
        return rows == 0 ? 0 : (double) agreeing / rows;
    }

    /** Whether enough rows agree, at least {@value #LEAST}. */
    public boolean accepted() {
        return share() >= LEAST;
    }
}
