package io.hindcast.ml.report;

import io.hindcast.ml.evaluate.Equity;
import io.hindcast.ml.evaluate.ScoredRows;
import java.util.function.IntToDoubleFunction;

/** Equity curve of the model, beside that of buy and hold. */
final class EquitySection {

    private static final int POINTS = 600;
    /** Value below which a curve is cut off. */
    private static final double FLOOR = 0.01;

    private EquitySection() {}

    static String html(Report report) {
        ScoredRows scored = report.scored();
        double feeRate = report.evaluation().feeRate();
        Equity model = Equity.of(scored.signals(), scored.returns(), feeRate);
        Equity holding = Equity.ofHolding(scored.returns(), feeRate);
        int[] rows = chosen(scored.size());
        double[] times = new double[rows.length + 1];
        times[0] = scored.firstTime();
        for (int i = 0; i < rows.length; i++) {
            times[i + 1] = scored.samples().time(scored.rows().from() + rows[i]);
        }
        double[] before = values(rows, model::beforeFees);
        double[] after = values(rows, model::afterFees);
        double[] hold = values(rows, holding::afterFees);
        double least = 1;
        double most = 1;
        boolean cut = false;
        for (double[] line : new double[][] {before, after, hold}) {
            for (double value : line) {
                cut |= Double.isNaN(value);
                double shown = Double.isNaN(value) ? FLOOR : value;
                least = Math.min(least, shown);
                most = Math.max(most, shown);
            }
        }
        boolean wide = least < 0.4 || most > 2.5;
        Axis values = wide ? Axis.multiples(least, most) : Axis.linear(least, most, 5);
        Plot plot = new Plot(Axis.time(scored.firstTime(), scored.lastTime()), values)
                .level(1)
                .line("c3", times, hold)
                .line("c2", times, before)
                .line("c1", times, after)
                .legend("c1", report.model() + " after fees", NumberFormats.change(model.afterFees() - 1))
                .legend("c2", report.model() + " before fees", NumberFormats.change(model.beforeFees() - 1))
                .legend("c3", "buy and hold", NumberFormats.change(holding.afterFees() - 1));
        String note = "A stake of 1 that goes long on BUY, flat on SELL, and stays as it is on HOLD; each change costs "
                + NumberFormats.decimals(100 * feeRate, 2) + " % of what is traded."
                + (wide
                        ? " Logarithmic" + (cut ? "; a line ends where less than ×\u00a0" + FLOOR + " is left." : ".")
                        : "");
        return Html.panel("", "Equity", note, plot.html());
    }

    /** Returns evenly spaced rows, the last one included. */
    private static int[] chosen(int size) {
        int n = Math.min(size, POINTS);
        int[] rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[i] = (int) ((long) (i + 1) * size / n) - 1;
        }
        return rows;
    }

    /** Returns the initial stake and its value after each of these rows; {@code NaN} below the floor. */
    private static double[] values(int[] rows, IntToDoubleFunction of) {
        double[] values = new double[rows.length + 1];
        values[0] = 1;
        for (int i = 0; i < rows.length; i++) {
            double value = of.applyAsDouble(rows[i]);
            values[i + 1] = value < FLOOR ? Double.NaN : value;
        }
        return values;
    }
}
