package io.hindcast.ml.score;

import io.hindcast.api.model.ScorerSpec;

/**
 * Scores rows with a loaded model. A row holds the model's input as numbers:
 *
 * <ul>
 *   <li>LIGHTGBM: the features of a bar. They are used as {@code double}s, without rounding; {@code NaN} is a missing
 *       value, which the trees handle;
 *   <li>TST: the features of a window of bars, oldest bar first, as {@code float}s. {@code NaN} is a missing value,
 *       which the model's own normalisation replaces;
 *   <li>TRL (text reinforcement learning): token ids of an article, padded to the model's maximum length.
 * </ul>
 *
 * <p>Whoever opens a scorer ({@link ScorerEngine#open}) closes it. In between any thread may call {@link #score}, as
 * often as it likes: implementations are thread-safe, though an engine may serialise calls. {@code score} runs on the
 * caller's thread and blocks it for the whole batch. {@link #close} may be called from any thread.
 */
public interface Scorer extends AutoCloseable {

    /** Number of classes, in the order SELL, HOLD, BUY. */
    int CLASSES = 3;

    /** Returns the engine and its version, as running here. */
    ScorerSpec spec();

    /** Returns the length of a row. */
    int inputs();

    /**
     * Scores rows.
     *
     * @param rows at least {@code n × inputs()} values, one row after the other; not changed
     * @param n 0 or more
     * @param out receives {@code n × 3} probabilities, row-major: SELL, HOLD, BUY, each row adding up to 1 within 1e-6.
     *     Its contents are undefined if the call throws
     * @throws IllegalArgumentException if an array is too short, or a value is no valid input of the model
     * @throws IllegalStateException after {@link #close}, or if the engine fails
     */
    void score(double[] rows, int n, double[] out);

    /** Frees the engine's memory, after waiting for calls in progress. Closing again has no effect. */
    @Override
    void close();
}
