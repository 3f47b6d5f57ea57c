package io.hindcast.api.model;

import io.hindcast.api.prediction.Signal;
import java.util.List;
import java.util.Optional;

/**
 * The quality of predictions over one window, beside its baselines. Class order is {@code SELL, HOLD, BUY}.
 *
 * @param rows predictions evaluated
 * @param accuracy share of right signals, 0 to 1
 * @param macroF1 unweighted mean of the classes' F1, 0 to 1
 * @param mcc Matthews correlation coefficient for several classes (Gorodkin 2004), −1 to 1
 * @param logLoss mean negative log-likelihood, natural logarithm, 0 or more
 * @param calibrationError expected calibration error over 15 equal-width bins (Guo et al. 2017), 0 to 1
 * @param confusion counts, row = outcome, column = signal, 3 × 3
 * @param profitBeforeFees return of trading the signals long or flat, as a fraction (0.01 is one percent)
 * @param profitAfterFees the same, each trade charged with the fee rate
 * @param trades position changes
 * @param feeRate fraction of the traded amount per trade
 * @param baselines the same window predicted without a model
 * @param constantLogLoss log loss of a constant guess: each class with its frequency among the training rows
 * @param comparison with the version in {@code CURRENT}, made beside the training; empty in a stored bundle, which must
 *     not depend on other versions, and where no such comparison was made
 */
public record Evaluation(
        int rows,
        double accuracy,
        double macroF1,
        double mcc,
        double logLoss,
        double calibrationError,
        List<List<Integer>> confusion,
        double profitBeforeFees,
        double profitAfterFees,
        int trades,
        double feeRate,
        List<Baseline> baselines,
        double constantLogLoss,
        Optional<Comparison> comparison) {

    /** Share of the rows from which one repeated signal counts as a constant. */
    public static final double CONSTANT_SHARE = 0.99;

    public Evaluation {
        confusion = confusion.stream().map(List::copyOf).toList();
        baselines = List.copyOf(baselines);
    }

    /**
     * Returns the signal of a degenerate version: one that is predicted for {@value #CONSTANT_SHARE} of the rows or
     * more, while it is the outcome of fewer. The predictions of such a version carry no information, so it is not
     * promoted. Empty for any other version.
     */
    public Optional<Signal> degenerate() {
        long all = confusion.stream()
                .flatMap(List::stream)
                .mapToLong(count -> count)
                .sum();
        for (int c = 0; c < confusion.size() && all > 0; c++) {
            int signal = c;
            long predicted =
                    confusion.stream().mapToLong(row -> row.get(signal)).sum();
            long occurred = confusion.get(c).stream().mapToLong(count -> count).sum();
            if (predicted >= CONSTANT_SHARE * all && occurred < CONSTANT_SHARE * all) {
                return Optional.of(Signal.ofClass(c));
            }
        }
        return Optional.empty();
    }

    /** Returns a copy with a comparison. */
    public Evaluation comparedBy(Comparison with) {
        return new Evaluation(
                rows,
                accuracy,
                macroF1,
                mcc,
                logLoss,
                calibrationError,
                confusion,
                profitBeforeFees,
                profitAfterFees,
                trades,
                feeRate,
                baselines,
                constantLogLoss,
                Optional.of(with));
    }

    /**
     * A predictor without a model.
     *
     * @param name {@code majority-class}, {@code previous-sign} or {@code buy-and-hold}
     * @param accuracy 0 to 1
     * @param macroF1 0 to 1
     * @param profitAfterFees fraction
     */
    public record Baseline(String name, double accuracy, double macroF1, double profitAfterFees) {}
}
