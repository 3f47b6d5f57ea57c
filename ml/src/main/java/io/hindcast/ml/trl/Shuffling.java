package io.hindcast.ml.trl;

import java.util.random.RandomGenerator;

/** Shuffles rows. */
final class Shuffling {

    private Shuffling() {}

    /** Shuffles in place (Durstenfeld, Algorithm 235: random permutation, 1964). */
    static void shuffle(int[] rows, RandomGenerator random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = rows[i];
            rows[i] = rows[other];
            rows[other] = row;
        }
    }
}
