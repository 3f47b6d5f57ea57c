package io.hindcast.api.model;

import java.util.List;

/**
 * How well predictions met outcomes over one window, beside its baselines. Class order is {@code SELL, HOLD, BUY}.
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
 * @param baselines the same window judged by predictors that know nothing
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
        List<Baseline> baselines) {

    public Evaluation {
        confusion = confusion.stream().map(List::copyOf).toList();
        baselines = List.copyOf(baselines);
    }

    /**
     * A predictor that learns nothing.
     *
     * @param name {@code majority-class}, {@code previous-sign} or {@code buy-and-hold}
     * @param accuracy 0 to 1
     * @param macroF1 0 to 1
     * @param profitAfterFees fraction
     */
    public record Baseline(String name, double accuracy, double macroF1, double profitAfterFees) {}
}
