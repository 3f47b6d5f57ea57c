package io.hindcast.ml.trl;

import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.score.Scorer;
import java.util.random.RandomGenerator;

/**
 * A group of actions that the old policy drew on one article. Actions of one class have one reward, so the group is
 * represented by the count and the advantage of each class.
 *
 * @param counts number of actions of each class, in class order
 * @param advantages advantage of each class that was drawn: reward less the group's mean; 0 for the others
 * @param reward mean reward of the group
 */
@SuppressWarnings("ArrayRecordComponent") // three numbers each, made and read in this package
record GrpoGroup(int[] counts, double[] advantages, double reward) {

    /**
     * Draws a group.
     *
     * @param size number of actions, 2 or more
     * @param probabilities probabilities of the old policy, three from {@code at} on
     * @param outcome class number of the outcome
     * @param weight weight of the article, 0 or more: the reward of an action that equals the outcome; others get its
     *     negative
     */
    static GrpoGroup draw(
            int size, double[] probabilities, int at, int outcome, double weight, RandomGenerator random) {
        int[] counts = new int[Scorer.CLASSES];
        for (int i = 0; i < size; i++) {
            counts[action(probabilities, at, random.nextDouble())]++;
        }
        return of(counts, outcome, weight);
    }

    /** Creates the group with these counts. */
    static GrpoGroup of(int[] counts, int outcome, double weight) {
        int size = 0;
        for (int count : counts) {
            size += count;
        }
        int right = counts[outcome];
        double mean = weight * (2.0 * right / size - 1);
        boolean spread = right > 0 && right < size;
        double[] advantages = new double[counts.length];
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] > 0 && spread) {
                advantages[c] = (c == outcome ? weight : -weight) - mean;
            }
        }
        return new GrpoGroup(counts, advantages, mean);
    }

    private static int action(double[] probabilities, int at, double draw) {
        double sum = 0;
        for (int c = 0; c < Signal.CLASSES.size() - 1; c++) {
            sum += probabilities[at + c];
            if (draw < sum) {
                return c;
            }
        }
        return Signal.CLASSES.size() - 1;
    }

    /** Returns whether rewards differ within the group; a group without spread has no gradient. */
    boolean hasSpread() {
        for (double advantage : advantages) {
            if (advantage != 0) {
                return true;
            }
        }
        return false;
    }

    int size() {
        int size = 0;
        for (int count : counts) {
            size += count;
        }
        return size;
    }
}
