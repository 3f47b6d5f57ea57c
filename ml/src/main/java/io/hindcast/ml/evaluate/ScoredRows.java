package io.hindcast.ml.evaluate;

import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;

/**
 * Samples with a model's probabilities.
 *
 * @param rows scored rows
 * @param probabilities rows × 3, row-major, in class order; not copied, so the caller must not change them
 */
@SuppressWarnings("ArrayRecordComponent") // some hundred thousand numbers, which are not copied
public record ScoredRows(Samples samples, RowRange rows, double[] probabilities) {

    private static final int CLASSES = Signal.CLASSES.size();

    public ScoredRows {
        if (probabilities.length != rows.size() * CLASSES || rows.to() > samples.rows()) {
            throw new IllegalArgumentException(
                    probabilities.length + " probabilities for " + rows.size() + " rows to row " + rows.to() + " of "
                            + samples.rows() + ", expected three for each of rows that there are");
        }
    }

    public int size() {
        return rows.size();
    }

    /** Returns the time of a row, epoch milliseconds; {@code index} counts from the first scored row. */
    public long time(int index) {
        return samples.time(rows.from() + index);
    }

    /** Returns the time of the first row, epoch milliseconds. */
    public long firstTime() {
        return samples.time(rows.from());
    }

    /** Returns the time of the last row, epoch milliseconds. */
    public long lastTime() {
        return samples.time(rows.to() - 1);
    }

    /** Returns the outcome of each row. */
    public Signal[] outcomes() {
        Signal[] outcomes = new Signal[size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = samples.outcome(rows.from() + i);
        }
        return outcomes;
    }

    /** Returns the predicted signal of each row. */
    public Signal[] signals() {
        Signal[] signals = new Signal[size()];
        for (int i = 0; i < signals.length; i++) {
            signals[i] = new Probabilities(
                            probabilities[CLASSES * i], probabilities[CLASSES * i + 1], probabilities[CLASSES * i + 2])
                    .signal();
        }
        return signals;
    }

    /** Returns the return of a long position from each row to the next, as fractions. */
    public double[] returns() {
        double[] returns = new double[size()];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = samples.nextReturn(rows.from() + i);
        }
        return returns;
    }
}
