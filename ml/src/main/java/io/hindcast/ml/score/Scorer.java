package io.hindcast.ml.score;

import io.hindcast.api.model.ScorerSpec;

/**
 * Turns features into probabilities. Thread-safe: several threads may score at once, though an engine may make them take
 * turns. Features are used as the {@code double}s they are, by every engine, without rounding; {@code NaN} is a value
 * like any other, which the model has learned to handle.
 */
public interface Scorer extends AutoCloseable {

    /** Number of classes, in the order SELL, HOLD, BUY. */
    int CLASSES = 3;

    /** The engine and its version, as running here. */
    ScorerSpec spec();

    /** How many features a row has. */
    int features();

    /**
     * Scores rows.
     *
     * @param features at least {@code rows × features()} values, row-major
     * @param rows 0 or more
     * @param out receives {@code rows × 3} probabilities, row-major: SELL, HOLD, BUY, each row adding up to 1 within 1e-6
     * @throws IllegalArgumentException if an array is too short
     * @throws IllegalStateException after {@link #close}
     */
    void score(double[] features, int rows, double[] out);

    /** Frees what the engine holds; waits for scoring that is under way. Closing again does nothing. */
    @Override
    void close();
}
