package io.hindcast.ml.evaluate;

import io.hindcast.api.prediction.Signal;
import java.util.Arrays;

/**
 * Equity curve of a stake of 1 that follows the signals by the rules of {@link Evaluator}: long or flat, all or
 * nothing, with a fee for each change of position. The last value is after the open position is sold.
 */
public final class Equity {

    private final double[] beforeFees;
    private final double[] afterFees;
    private final int trades;

    private Equity(double[] beforeFees, double[] afterFees, int trades) {
        this.beforeFees = beforeFees;
        this.afterFees = afterFees;
        this.trades = trades;
    }

    /**
     * Computes the equity curve of signals.
     *
     * @param returns return of a long position after each signal, as a fraction
     * @param feeRate fraction of the traded amount per trade
     */
    public static Equity of(Signal[] signals, double[] returns, double feeRate) {
        double[] beforeFees = new double[signals.length];
        double[] afterFees = new double[signals.length];
        double before = 1;
        double after = 1;
        int trades = 0;
        boolean isLong = false;
        for (int i = 0; i < signals.length; i++) {
            boolean wanted = switch (signals[i]) {
                case BUY -> true;
                case SELL -> false;
                case HOLD -> isLong;
            };
            if (wanted != isLong) {
                isLong = wanted;
                trades++;
                after *= 1 - feeRate;
            }
            if (isLong) {
                before *= 1 + returns[i];
                after *= 1 + returns[i];
            }
            beforeFees[i] = before;
            afterFees[i] = after;
        }
        if (isLong) {
            trades++;
            after *= 1 - feeRate;
            afterFees[signals.length - 1] = after;
        }
        return new Equity(beforeFees, afterFees, trades);
    }

    /** Computes the equity curve of buying at the first row and selling at the last. */
    public static Equity ofHolding(double[] returns, double feeRate) {
        Signal[] always = new Signal[returns.length];
        Arrays.fill(always, Signal.BUY);
        return of(always, returns, feeRate);
    }

    public int size() {
        return afterFees.length;
    }

    /** Returns the value of the stake after the row's return, without fees. */
    public double beforeFees(int row) {
        return beforeFees[row];
    }

    /** Returns the value of the stake after the row's return, with fees. */
    public double afterFees(int row) {
        return afterFees[row];
    }

    /** Returns the value at the end, without fees; 1 if there is no row. */
    public double beforeFees() {
        return beforeFees.length == 0 ? 1 : beforeFees[beforeFees.length - 1];
    }

    /** Returns the value at the end, with fees; 1 if there is no row. */
    public double afterFees() {
        return afterFees.length == 0 ? 1 : afterFees[afterFees.length - 1];
    }

    /** Returns the number of changes of position. */
    public int trades() {
        return trades;
    }
}
