package io.hindcast.ml.evaluate;

import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reliability diagram: predictions binned by the probability of their most probable class, with the accuracy of each
 * bin.
 */
public final class Reliability {

    /** Number of bins; bin k, from 1, holds probabilities in ((k − 1)/15, k/15]. */
    public static final int BINS = 15;

    private static final int CLASSES = Signal.CLASSES.size();

    private Reliability() {}

    /**
     * One bin.
     *
     * @param rows number of rows in the bin
     * @param right correctly predicted rows
     * @param confidences sum of the probabilities of the most probable class
     */
    public record Bin(int rows, int right, double confidences) {

        /** Returns the share of correct signals, 0 to 1; {@code NaN} in an empty bin. */
        public double accuracy() {
            return rows == 0 ? Double.NaN : (double) right / rows;
        }

        /** Returns the mean probability of the predicted class, 0 to 1; {@code NaN} in an empty bin. */
        public double confidence() {
            return rows == 0 ? Double.NaN : confidences / rows;
        }
    }

    /** Returns the {@value #BINS} bins of some rows, empty ones included. */
    public static List<Bin> bins(ScoredRows scored) {
        return bins(scored.outcomes(), scored.probabilities());
    }

    static int bin(double highest) {
        return Math.min(BINS - 1, (int) Math.ceil(highest * BINS) - 1);
    }

    static List<Bin> bins(Signal[] outcomes, double[] probabilities) {
        int[] rows = new int[BINS];
        int[] right = new int[BINS];
        double[] confidences = new double[BINS];
        for (int i = 0; i < outcomes.length; i++) {
            Probabilities p = new Probabilities(
                    probabilities[CLASSES * i], probabilities[CLASSES * i + 1], probabilities[CLASSES * i + 2]);
            double highest = p.of(p.signal());
            int bin = bin(highest);
            rows[bin]++;
            right[bin] += p.signal() == outcomes[i] ? 1 : 0;
            confidences[bin] += highest;
        }
        List<Bin> bins = new ArrayList<>(BINS);
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(new Bin(rows[bin], right[bin], confidences[bin]));
        }
        return bins;
    }
}
