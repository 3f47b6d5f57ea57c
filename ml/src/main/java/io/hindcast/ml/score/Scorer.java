package io.hindcast.ml.score;

import io.hindcast.api.model.ScorerSpec;

/**
 * Turns rows into probabilities. A row is what a model reads, as numbers:
 *
 * <ul>
 *   <li>LIGHTGBM: the features of a bar. They are used as the {@code double}s they are, without rounding; {@code NaN}
 *       is a value like any other, which the model has learned to handle;
 *   <li>TST: the features of a window of bars, oldest bar first, as {@code float}s. {@code NaN} is missing: the model's
 *       own normalisation says what becomes of it;
 *   <li>TRL: token ids, padded to the longest text the model reads.
 * </ul>
 *
 * <p>Thread-safe: several threads may score at once, though an engine may make them take turns.
 */
public interface Scorer extends AutoCloseable {

    /** Number of classes, in the order SELL, HOLD, BUY. */
    int CLASSES = 3;

    /** The engine and its version, as running here. */
    ScorerSpec spec();

    /** How many numbers a row has. */
    int inputs();

    /**
     * Scores rows.
     *
     * @param rows at least {@code n × inputs()} values, one row after the other
     * @param n 0 or more
     * @param out receives {@code n × 3} probabilities, row-major: SELL, HOLD, BUY, each row adding up to 1 within 1e-6
     * @throws IllegalArgumentException if an array is too short, or a value is nothing that the model reads
     * @throws IllegalStateException after {@link #close}
     */
    void score(double[] rows, int n, double[] out);

    /** Frees what the engine holds; waits for scoring that is under way. Closing again does nothing. */
    @Override
    void close();
}
