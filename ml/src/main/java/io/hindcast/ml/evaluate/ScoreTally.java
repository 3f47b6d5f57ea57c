package io.hindcast.ml.evaluate;

import io.hindcast.api.comparison.Scores;
import io.hindcast.api.prediction.Signal;
import java.util.Arrays;

/**
 * Counts and sums from which the scores of any number of predictions follow. Tallies of disjoint rows add up to the
 * tally of all of them, so windows are made of days. Not thread-safe.
 */
public final class ScoreTally {

    private static final int CLASSES = Signal.CLASSES.size();

    private final int[][] confusion = new int[CLASSES][CLASSES];
    private final int[] binRight = new int[Reliability.BINS];
    private final double[] binConfidences = new double[Reliability.BINS];
    private double logLoss;
    private double brier;

    /**
     * Adds a prediction.
     *
     * @param signal its signal, the most probable class
     * @param probabilities holds the three probabilities in class order from {@code at} on
     */
    public void add(Signal signal, Signal outcome, double[] probabilities, int at) {
        confusion[outcome.classIndex()][signal.classIndex()]++;
        double highest = probabilities[at + signal.classIndex()];
        int bin = Reliability.bin(highest);
        binRight[bin] += signal == outcome ? 1 : 0;
        binConfidences[bin] += highest;
        logLoss += logLoss(outcome, probabilities, at);
        brier += brier(outcome, probabilities, at);
    }

    /** Adds the rows of another tally. */
    public void add(ScoreTally other) {
        for (int o = 0; o < CLASSES; o++) {
            for (int s = 0; s < CLASSES; s++) {
                confusion[o][s] += other.confusion[o][s];
            }
        }
        for (int bin = 0; bin < Reliability.BINS; bin++) {
            binRight[bin] += other.binRight[bin];
            binConfidences[bin] += other.binConfidences[bin];
        }
        logLoss += other.logLoss;
        brier += other.brier;
    }

    /** Returns −ln p(outcome) of one prediction, with p at least 1e-15. */
    public static double logLoss(Signal outcome, double[] probabilities, int at) {
        return Evaluator.logLoss(probabilities[at + outcome.classIndex()]);
    }

    /** Returns the squared distance of one prediction's probabilities from its outcome, 0 to 2. */
    public static double brier(Signal outcome, double[] probabilities, int at) {
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            double miss = probabilities[at + c] - (c == outcome.classIndex() ? 1 : 0);
            sum += miss * miss;
        }
        return sum;
    }

    public long rows() {
        return Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
    }

    /**
     * Returns the scores of the rows added.
     *
     * @throws IllegalStateException without any row
     */
    public Scores scores() {
        long rows = rows();
        if (rows == 0) {
            throw new IllegalStateException("no prediction was added, expected 1 or more");
        }
        double calibration = 0;
        for (int bin = 0; bin < Reliability.BINS; bin++) {
            calibration += Math.abs(binRight[bin] - binConfidences[bin]);
        }
        return new Scores(
                rows,
                Evaluator.accuracy(confusion),
                Evaluator.macroF1(confusion),
                logLoss / rows,
                brier / rows,
                calibration / rows);
    }

    /** Returns the share of an outcome among the rows, 0 to 1. */
    public double share(Signal outcome) {
        return (double) Arrays.stream(confusion[outcome.classIndex()]).sum() / rows();
    }

    /** Returns the most frequent outcome; in a tie HOLD, then SELL. */
    public Signal majority() {
        return new OutcomeCounts(outcomes(Signal.SELL), outcomes(Signal.HOLD), outcomes(Signal.BUY)).mostFrequent();
    }

    private int outcomes(Signal outcome) {
        return Arrays.stream(confusion[outcome.classIndex()]).sum();
    }

    /** Returns the log loss of predicting the frequencies of these rows' outcomes: their entropy. */
    public double constantLogLoss() {
        double entropy = 0;
        for (Signal outcome : Signal.CLASSES) {
            double share = share(outcome);
            entropy -= share == 0 ? 0 : share * StrictMath.log(share);
        }
        return entropy;
    }

    /** Returns the Brier score of predicting the frequencies of these rows' outcomes. */
    public double constantBrier() {
        return 1
                - Signal.CLASSES.stream()
                        .mapToDouble(this::share)
                        .map(share -> share * share)
                        .sum();
    }
}
