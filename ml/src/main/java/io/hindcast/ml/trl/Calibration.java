package io.hindcast.ml.trl;

import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.Softmax;
import java.util.Arrays;

/**
 * An affine transformation of a policy's scores before softmax, fitted on held-out outcomes: {@code score / temperature
 * + offset}.
 *
 * <p>The <i>temperature</i> maximises the likelihood of the outcomes (Guo et al., On calibration of modern neural
 * networks, arXiv 1706.04599, 2017). The <i>offsets</i>, one per class, keep the policy balanced: with outcomes
 * weighted equally, each class has a mean probability of a third, as the optimum of balanced cross-entropy has (Menon
 * et al., Long-tail learning via logit adjustment, arXiv 2007.07314, 2021). Without them a policy that has learned
 * little would predict one arbitrary signal for every article.
 *
 * @param temperature above 0
 * @param offsets offset of each class
 */
@SuppressWarnings("ArrayRecordComponent") // three numbers, made and read in this package
record Calibration(double temperature, double[] offsets) {

    /** Range of the temperature. */
    static final double LEAST = 0.05;

    static final double MOST = 100;

    static final Calibration NONE = new Calibration(1, new double[Scorer.CLASSES]);

    private static final int CLASSES = Scorer.CLASSES;
    private static final int HALVINGS = 60;
    private static final int BALANCINGS = 100;
    private static final int TURNS = 8;

    /**
     * Fits temperature and offsets in turn, each given the other.
     *
     * @param log logarithms of probabilities, rows × 3, which differ from scores before softmax by a constant per row
     * @param outcomes class numbers, one per row; without any the result is {@link #NONE}
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

    /** Returns the calibrated scores, up to a constant per row. */
    double[] apply(double[] log) {
        double[] scores = new double[log.length];
        Arrays.setAll(scores, i -> log[i] / temperature + offsets[i % CLASSES]);
        return scores;
    }

    /** Returns the probabilities of {@link #apply}. */
    double[] probabilities(double[] log) {
        double[] scores = apply(log);
        for (int at = 0; at < scores.length; at += CLASSES) {
            Softmax.apply(scores, at);
        }
        return scores;
    }

    /** Returns the scores that, divided by this temperature, are the calibrated ones. */
    private double[] moved(double[] log) {
        double[] scores = apply(log);
        Arrays.setAll(scores, i -> scores[i] * temperature);
        return scores;
    }

    /**
     * Finds the temperature by bisection: the log loss is convex in 1/T, so its minimum is where its slope changes
     * sign.
     */
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

    /** Returns the derivative of the log loss by 1/T: the sum of the expected score less the outcome's. */
    private static double slope(double[] scores, int[] outcomes, double inverse) {
        double slope = 0;
        double[] row = new double[CLASSES];
        for (int i = 0; i < outcomes.length; i++) {
            for (int c = 0; c < CLASSES; c++) {
                row[c] = inverse * scores[i * CLASSES + c];
            }
            Softmax.apply(row, 0);
            slope -= scores[i * CLASSES + outcomes[i]];
            for (int c = 0; c < CLASSES; c++) {
                slope += row[c] * scores[i * CLASSES + c];
            }
        }
        return slope;
    }

    /** Fits the offsets by iterative proportional fitting, until the mean probability of each class is a third. */
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
                Softmax.apply(row, 0);
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
}
