package io.hindcast.ml.explain;

import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.explain.Importance.Value;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.score.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Occlusion of a model of windows: the rise of the log loss, on evenly spaced rows, when a feature is missing in all
 * bars, or all features in some bars. Inputs that carry the same information both appear unimportant.
 */
public final class Occlusion {

    private static final int MOST_GROUPS = 16;

    private final Scorer scorer;
    private final FeatureSet features;
    private final int bars;
    private final double[] windows;
    private final int[] outcomes;
    private final double loss;
    private final IntConsumer done;
    private int covered;

    /**
     * Scores the rows without occlusion.
     *
     * @param rows rows from which some are chosen
     * @param most most rows to choose
     * @param done called after each occlusion with the number done; it may throw to cancel
     */
    public Occlusion(
            Scorer scorer, FeatureSet features, int bars, Samples samples, RowRange rows, int most, IntConsumer done) {
        this.scorer = scorer;
        this.features = features;
        this.bars = bars;
        this.done = done;
        int n = Math.min(most, rows.size());
        this.windows = new double[n * samples.inputs()];
        this.outcomes = new int[n];
        for (int i = 0; i < n; i++) {
            int row = rows.from() + (int) ((long) i * rows.size() / n);
            samples.read(row, windows, i * samples.inputs());
            outcomes[i] = samples.outcome(row).classIndex();
        }
        this.loss = loss(windows);
    }

    /** Returns the number of occlusions of {@link #features} and {@link #bars} together. */
    public static int occlusions(FeatureSet features, int bars) {
        return features.size() + groups(bars);
    }

    private static int groups(int bars) {
        return Math.ceilDiv(bars, together(bars));
    }

    /** Returns the number of bars occluded together. */
    private static int together(int bars) {
        return Math.ceilDiv(bars, MOST_GROUPS);
    }

    /** Measures each feature. */
    public Importance features() {
        List<Value> values = new ArrayList<>();
        for (int f = 0; f < features.size(); f++) {
            double[] copy = windows.clone();
            for (int at = f; at < copy.length; at += features.size()) {
                copy[at] = Double.NaN;
            }
            values.add(new Value(features.names().get(f), rise(copy)));
        }
        values.sort(Comparator.comparingDouble(Value::amount).reversed());
        return new Importance(
                "Importance of features",
                "Occlusion: how much the log loss on " + String.format(Locale.ROOT, "%,d", outcomes.length)
                        + " of the evaluated rows rises when a feature is removed from the whole window.",
                "rise of the log loss, 1/1000",
                values);
    }

    /** Measures the bars of the window, grouped where there are many, oldest first. */
    public Importance bars() {
        List<Value> values = new ArrayList<>();
        int groups = groups(bars);
        for (int group = 0; group < groups; group++) {
            int to = bars - (groups - 1 - group) * together(bars);
            int from = Math.max(0, to - together(bars));
            double[] copy = windows.clone();
            for (int row = 0; row < outcomes.length; row++) {
                int first = row * bars * features.size();
                Arrays.fill(copy, first + from * features.size(), first + to * features.size(), Double.NaN);
            }
            values.add(new Value(name(from, to), rise(copy)));
        }
        return new Importance(
                "Importance of bars",
                "Occlusion: how much the log loss on the same rows rises when some bars of the window are removed; 0 is the bar"
                        + " at which the prediction is made.",
                "rise of the log loss, 1/1000",
                values);
    }

    private String name(int from, int to) {
        int oldest = bars - 1 - from;
        int newest = bars - to;
        return (oldest == newest ? "" : "−" + oldest + " to ") + (newest == 0 ? "0" : "−" + newest);
    }

    private double rise(double[] rows) {
        double rise = 1000 * (loss(rows) - loss);
        done.accept(++covered);
        return rise;
    }

    private double loss(double[] rows) {
        double[] probabilities = new double[outcomes.length * Scorer.CLASSES];
        scorer.score(rows, outcomes.length, probabilities);
        double sum = 0;
        for (int i = 0; i < outcomes.length; i++) {
            sum -= StrictMath.log(Math.max(1e-15, probabilities[i * Scorer.CLASSES + outcomes[i]]));
        }
        return sum / outcomes.length;
    }
}
