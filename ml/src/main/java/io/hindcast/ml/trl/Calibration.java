package io.hindcast.ml.trl;

import io.hindcast.ml.score.Scorer;
import java.util.Arrays;

/**
 * An affine change of a policy's scores before softmax, fitted on held-out outcomes: {@code score / temperature +
 * offset}.
 *
 * <p>The <i>temperature</i> makes the probabilities of the outcomes as high as they can be (Guo et al., On calibration
 * of modern neural networks, arXiv 1706.04599, 2017). The <i>offsets</i>, one a class, keep the policy balanced: with
 * outcomes counting alike, each class has a mean probability of a third, as the optimum of balanced cross-entropy has
 * (Menon et al., Long-tail learning via logit adjustment, arXiv 2007.07314, 2021). Without them the side on which a
 * policy that has learned little happened to end would be its signal for every article.
 *
 * @param temperature above 0
 * @param offsets of the classes
 */
@SuppressWarnings("ArrayRecordComponent") // three numbers, made and read in this package
record Calibration(double temperature, double[] offsets) {

    /** Sharpest and flattest that are looked at. */
    static final double LEAST = 0.05;

    static final double MOST = 100;

    static final Calibration NONE = new Calibration(1, new double[Scorer.CLASSES]);

    private static final int CLASSES = Scorer.CLASSES;
    private static final int HALVINGS = 60;
    private static final int BALANCINGS = 100;
    private static final int TURNS = 8;

    /**
     * Fits both, each given the other in turn.
     *
     * @param log logarithms of probabilities, rows × 3; as good as scores before softmax, from which they differ by a
     *     constant a row
     * @param outcomes class numbers, one a row; without any there is nothing to change
     */
    static Calibration balanced(double[] log, int[] outcomes) {
        Calibration fitted = NONE;
        for (int turn = 0; turn < TURNS && outcomes.length > 0; turn++) {
            double temperature = temperature(fitted.moved(log), outcomes);
            double[] scaled = new Calibration(temperature, NONE.offsets).apply(log);
            fitted = new Calibration(temperature, offsets(scaled, outcomes));
        }
        return fitted;
    }

    /** Fits the temperature alone. */
    static Calibration tempered(double[] log, int[] outcomes) {
        return outcomes.length == 0 ? NONE : new Calibration(temperature(log, outcomes), NONE.offsets);
    }

    /** The calibrated scores, up to a constant a row. */
    double[] apply(double[] log) {
        double[] scores = new double[log.length];
        Arrays.setAll(scores, i -> log[i] / temperature + offsets[i % CLASSES]);
        return scores;
    }

    /** Probabilities of {@link #apply}. */
    double[] probabilities(double[] log) {
        double[] scores = apply(log);
        for (int at = 0; at < scores.length; at += CLASSES) {
            softmax(scores, at);
        }
        return scores;
    }

    /** Scores that this temperature makes the calibrated ones of. */
    private double[] moved(double[] log) {
        double[] scores = apply(log);
        Arrays.setAll(scores, i -> scores[i] * temperature);
        return scores;
    }

    /** The log loss is convex in 1/T, so its least value is where its slope changes sign. */
    private static double temperature(double[] scores, int[] outcomes) {
        double flat = 1 / MOST;
        double sharp = 1 / LEAST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (flat + sharp) / 2;
            if (slope(scores, outcomes, middle) < 0) {
                flat = middle;
            } else {
                sharp = middle;
            }
        }
        return 2 / (flat + sharp);
    }

    /** Of the log loss by 1/T: sum of the expected score less the outcome's. */
    private static double slope(double[] scores, int[] outcomes, double inverse) {
        double slope = 0;
        double[] row = new double[CLASSES];
        for (int i = 0; i < outcomes.length; i++) {
            for (int c = 0; c < CLASSES; c++) {
                row[c] = inverse * scores[i * CLASSES + c];
            }
            softmax(row, 0);
            slope -= scores[i * CLASSES + outcomes[i]];
            for (int c = 0; c < CLASSES; c++) {
                slope += row[c] * scores[i * CLASSES + c];
            }
        }
        return slope;
    }

    /**
     * Each class' offset moves by how far its mean probability is from a third, until all are (iterative proportional
     * fitting).
     */
    private static double[] offsets(double[] scores, int[] outcomes) {
        double[] weights = Reward.balanced(outcomes);
        double[] offsets = new double[CLASSES];
        for (int turn = 0; turn < BALANCINGS; turn++) {
            double[] means = new double[CLASSES];
            double[] row = new double[CLASSES];
            for (int i = 0; i < outcomes.length; i++) {
                for (int c = 0; c < CLASSES; c++) {
                    row[c] = scores[i * CLASSES + c] + offsets[c];
                }
                softmax(row, 0);
                for (int c = 0; c < CLASSES; c++) {
                    means[c] += weights[i] * row[c] / outcomes.length;
                }
            }
            for (int c = 0; c < CLASSES; c++) {
                offsets[c] -= StrictMath.log(CLASSES * Math.max(means[c], 1e-12));
            }
        }
        return offsets;
    }

    private static void softmax(double[] scores, int at) {
        double most = Math.max(scores[at], Math.max(scores[at + 1], scores[at + 2]));
        double sum = 0;
        for (int c = at; c < at + CLASSES; c++) {
            scores[c] = StrictMath.exp(scores[c] - most);
            sum += scores[c];
        }
        for (int c = at; c < at + CLASSES; c++) {
            scores[c] /= sum;
        }
    }
}
