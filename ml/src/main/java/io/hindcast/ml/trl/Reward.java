package io.hindcast.ml.trl;

import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import java.util.Arrays;
import java.util.Locale;

/**
 * Rule by which signals are rewarded: the correct signal for an article earns the article's weight, a wrong one loses
 * it.
 */
public enum Reward {

    /**
     * Weighs an article by the inverse frequency of its outcome, HOLD included. A policy that ignores the text earns
     * the same with any signal, −1/3 where all three outcomes occur, so that only reading the text pays.
     */
    BALANCED {
        @Override
        double[] weights(ArticleSamples samples, RowRange rows) {
            int[] outcomes = new int[rows.size()];
            for (int i = 0; i < outcomes.length; i++) {
                outcomes[i] = samples.outcome(rows.from() + i).classIndex();
            }
            return balanced(outcomes);
        }
    },

    /**
     * Weighs an article by the size of the change after it. The best constant policy then predicts the side of the
     * larger moves, and articles with small changes have no effect: on real news this has led to constant policies.
     */
    MOVE_SIZE {
        @Override
        double[] weights(ArticleSamples samples, RowRange rows) {
            double mean = samples.meanAbsoluteChange(rows);
            double[] weights = new double[rows.size()];
            for (int i = 0; i < weights.length && mean > 0; i++) {
                weights[i] = Math.abs(samples.reaction(rows.from() + i).changePercent()) / mean;
            }
            return weights;
        }
    };

    /** Returns the weights of some articles, 0 or more each; their mean is 1, or 0 if no price ever changed. */
    abstract double[] weights(ArticleSamples samples, RowRange rows);

    /** Returns each row's weight: rows / (outcomes that occur · rows of its outcome). */
    static double[] balanced(int[] outcomes) {
        int[] counts = new int[Signal.CLASSES.size()];
        for (int outcome : outcomes) {
            counts[outcome]++;
        }
        long occurring = Arrays.stream(counts).filter(count -> count > 0).count();
        return Arrays.stream(outcomes)
                .mapToDouble(outcome -> (double) outcomes.length / (occurring * counts[outcome]))
                .toArray();
    }

    /** Returns the name in settings and on the command line: {@code balanced} or {@code move-size}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the reward of this {@link #label}.
     *
     * @throws IllegalArgumentException if there is none, naming the valid ones
     */
    public static Reward named(String label) {
        return Arrays.stream(values())
                .filter(reward -> reward.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("TRL reward '" + label + "' is not known, expected "
                        + BALANCED.label() + " or " + MOVE_SIZE.label()));
    }
}
