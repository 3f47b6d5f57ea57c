package io.hindcast.ml.evaluate;

import io.hindcast.api.model.Evaluation;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates predictions against the outcomes.
 *
 * <p><b>Profit</b> is that of following the signals with the whole stake, long or flat, flat at first: BUY goes long,
 * SELL goes flat, HOLD keeps the position. A position taken at a close earns the change to the next close, compounded.
 * Every change of position costs the fee rate times the traded amount, and a position that is open at the end is sold.
 */
public final class Evaluator {

    private static final int CLASSES = Signal.CLASSES.size();
    private static final double LEAST_LIKELIHOOD = 1e-15;

    private Evaluator() {}

    /**
     * Evaluates predictions.
     *
     * @param probabilities rows × 3, row-major, in class order
     * @param rows predicted rows, one or more
     * @param trained training rows, whose outcomes the baselines know
     * @param feeRate fraction of the traded amount per trade, 0 or more
     */
    public static Evaluation evaluate(
            Samples samples, RowRange rows, RowRange trained, double[] probabilities, double feeRate) {
        return evaluate(new ScoredRows(samples, rows, probabilities), OutcomeCounts.of(samples, trained), feeRate);
    }

    /**
     * Evaluates predictions of a model whose training rows are not available.
     *
     * @param trained outcomes of the training rows: the baseline {@code majority-class} always predicts the most
     *     frequent one, the constant guess predicts their frequencies
     */
    public static Evaluation evaluate(ScoredRows scored, OutcomeCounts trained, double feeRate) {
        int n = scored.size();
        if (n == 0 || !(feeRate >= 0 && feeRate < 1)) {
            throw new IllegalArgumentException(n + " rows at a fee rate of " + feeRate
                    + ", expected at least one row and a rate from 0 to below 1");
        }
        Signal[] outcomes = scored.outcomes();
        Signal[] signals = scored.signals();
        double[] returns = scored.returns();
        double[] probabilities = scored.probabilities();
        int[][] confusion = confusion(outcomes, signals);
        Profit profit = profit(signals, returns, feeRate);
        return new Evaluation(
                n,
                accuracy(confusion),
                macroF1(confusion),
                matthews(confusion),
                logLoss(outcomes, probabilities),
                calibrationError(outcomes, probabilities),
                Arrays.stream(confusion)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList(),
                profit.beforeFees(),
                profit.afterFees(),
                profit.trades(),
                feeRate,
                List.of(
                        baseline("majority-class", outcomes, always(trained.mostFrequent(), n), returns, feeRate),
                        baseline("previous-sign", outcomes, previousSigns(scored), returns, feeRate),
                        baseline("buy-and-hold", outcomes, always(Signal.BUY, n), returns, feeRate)),
                trained.logLoss(outcomes),
                Optional.empty());
    }

    private static Evaluation.Baseline baseline(
            String name, Signal[] outcomes, Signal[] signals, double[] returns, double feeRate) {
        int[][] confusion = confusion(outcomes, signals);
        return new Evaluation.Baseline(
                name,
                accuracy(confusion),
                macroF1(confusion),
                profit(signals, returns, feeRate).afterFees());
    }

    private static Signal[] previousSigns(ScoredRows scored) {
        Signal[] signs = new Signal[scored.size()];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = sign(scored.samples().previousReturn(scored.rows().from() + i));
        }
        return signs;
    }

    private static Signal sign(double change) {
        return change > 0 ? Signal.BUY : change < 0 ? Signal.SELL : Signal.HOLD;
    }

    private static Signal[] always(Signal signal, int n) {
        Signal[] signals = new Signal[n];
        Arrays.fill(signals, signal);
        return signals;
    }

    /** Returns counts, row = outcome, column = signal. */
    static int[][] confusion(Signal[] outcomes, Signal[] signals) {
        int[][] counts = new int[CLASSES][CLASSES];
        for (int i = 0; i < outcomes.length; i++) {
            counts[outcomes[i].classIndex()][signals[i].classIndex()]++;
        }
        return counts;
    }

    static double accuracy(int[][] confusion) {
        long right = 0;
        long all = 0;
        for (int o = 0; o < CLASSES; o++) {
            right += confusion[o][o];
            all += Arrays.stream(confusion[o]).sum();
        }
        return (double) right / all;
    }

    /**
     * Returns the mean over the classes of 2·hits / (outcomes + signals); a class that neither occurs nor is predicted
     * counts 0.
     */
    static double macroF1(int[][] confusion) {
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            int both = outcomesOf(confusion, c) + signalsOf(confusion, c);
            sum += both == 0 ? 0 : 2.0 * confusion[c][c] / both;
        }
        return sum / CLASSES;
    }

    /**
     * Returns the Matthews correlation for several classes (Gorodkin, Comparing two K-category assignments by a
     * K-category correlation coefficient, 2004); 0 if the outcomes or the signals are all the same.
     */
    static double matthews(int[][] confusion) {
        double right = 0;
        double all = 0;
        double cross = 0;
        double outcomeSquares = 0;
        double signalSquares = 0;
        for (int c = 0; c < CLASSES; c++) {
            double outcomes = outcomesOf(confusion, c);
            double signals = signalsOf(confusion, c);
            right += confusion[c][c];
            all += outcomes;
            cross += outcomes * signals;
            outcomeSquares += outcomes * outcomes;
            signalSquares += signals * signals;
        }
        double spread = StrictMath.sqrt(all * all - signalSquares) * StrictMath.sqrt(all * all - outcomeSquares);
        return spread == 0 ? 0 : (right * all - cross) / spread;
    }

    private static int outcomesOf(int[][] confusion, int clazz) {
        return Arrays.stream(confusion[clazz]).sum();
    }

    private static int signalsOf(int[][] confusion, int clazz) {
        return Arrays.stream(confusion).mapToInt(row -> row[clazz]).sum();
    }

    /** Returns −ln p(outcome) of each row, with p at least 1e-15. */
    static double[] logLosses(Signal[] outcomes, double[] probabilities) {
        double[] losses = new double[outcomes.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = logLoss(probabilities[CLASSES * i + outcomes[i].classIndex()]);
        }
        return losses;
    }

    static double logLoss(double likelihood) {
        return -StrictMath.log(Math.max(likelihood, LEAST_LIKELIHOOD));
    }

    /** Returns the mean of −ln p(outcome), with p at least 1e-15. */
    static double logLoss(Signal[] outcomes, double[] probabilities) {
        double sum = 0;
        for (double loss : logLosses(outcomes, probabilities)) {
            sum += loss;
        }
        return sum / outcomes.length;
    }

    /**
     * Returns the expected calibration error (Guo et al., On calibration of modern neural networks, 2017): the mean,
     * weighted by size, of the distance between the accuracy of each of {@link Reliability}'s bins and its mean
     * probability.
     */
    static double calibrationError(Signal[] outcomes, double[] probabilities) {
        double error = 0;
        for (Reliability.Bin bin : Reliability.bins(outcomes, probabilities)) {
            error += Math.abs(bin.right() - bin.confidences());
        }
        return error / outcomes.length;
    }

    /** Result of following the signals, as fractions of the stake. */
    record Profit(double beforeFees, double afterFees, int trades) {}

    static Profit profit(Signal[] signals, double[] returns, double feeRate) {
        Equity equity = Equity.of(signals, returns, feeRate);
        return new Profit(equity.beforeFees() - 1, equity.afterFees() - 1, equity.trades());
    }
}
