package io.hindcast.query.comparison;

import io.hindcast.api.prediction.Signal;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Logarithmic gains of following signals row by row, by the rule of
 * {@link io.hindcast.api.prediction.PerformanceSummary}: flat at first, BUY goes long, SELL goes flat, HOLD keeps the
 * position, a long position earns the return to the next close.
 *
 * @param beforeFees gain of each row
 * @param afterFees the same less the fee of a change of position in that row
 * @param trades position changes
 */
@SuppressWarnings("ArrayRecordComponent") // some hundred thousand numbers, which are not copied
record Trading(double[] beforeFees, double[] afterFees, long trades) {

    /** Follows a signal for each row of {@code bars}. */
    static Trading follow(PredictedBars bars, Closes closes, double feeRate, IntFunction<Signal> signal) {
        double[] before = new double[bars.size()];
        double[] after = new double[bars.size()];
        double fee = StrictMath.log1p(-feeRate);
        boolean isLong = false;
        long trades = 0;
        for (int row = 0; row < before.length; row++) {
            boolean wanted = switch (signal.apply(row)) {
                case BUY -> true;
                case SELL -> false;
                case HOLD -> isLong;
            };
            before[row] = wanted ? closes.nextLogReturn(bars.minute(row)) : 0;
            after[row] = before[row];
            if (wanted != isLong) {
                after[row] += fee;
                trades++;
                isLong = wanted;
            }
        }
        return new Trading(before, after, trades);
    }

    /** Returns the profit of logarithmic gains, as a fraction. */
    static double profit(double logGain) {
        return StrictMath.expm1(logGain);
    }

    double profitBeforeFees() {
        return profit(Arrays.stream(beforeFees).sum());
    }

    double profitAfterFees() {
        return profit(Arrays.stream(afterFees).sum());
    }
}
