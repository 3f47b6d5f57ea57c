package io.hindcast.ml.evaluate;

import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;

/**
 * Samples and what a model says about them.
 *
 * @param rows those of the samples that were scored
 * @param probabilities rows × 3, row-major, in class order; not copied, so leave them as they are
 */
@SuppressWarnings("ArrayRecordComponent") // some hundred thousand numbers that nobody changes
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

    /** When the first one's moment is, epoch milliseconds. */
    public long firstTime() {
        return samples.time(rows.from());
    }

    /** When the last one's moment is, epoch milliseconds. */
    public long lastTime() {
        return samples.time(rows.to() - 1);
    }

    /** What each row turned out to be. */
    public Signal[] outcomes() {
        Signal[] outcomes = new Signal[size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = samples.outcome(rows.from() + i);
        }
        return outcomes;
    }

    /** What the model says of each row. */
    public Signal[] signals() {
        Signal[] signals = new Signal[size()];
        for (int i = 0; i < signals.length; i++) {
            signals[i] = new Probabilities(
                            probabilities[CLASSES * i], probabilities[CLASSES * i + 1], probabilities[CLASSES * i + 2])
                    .signal();
        }
        return signals;
    }

    /** What being long from each row until the next may act earns, as fractions. */
    public double[] returns() {
        double[] returns = new double[size()];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = samples.nextReturn(rows.from() + i);
        }
        return returns;
    }
}
