package io.hindcast.api.prediction;

import org.jspecify.annotations.Nullable;

/**
 * The performance of consecutive predictions, as a function of the position before them. BUY goes long, SELL goes flat,
 * HOLD keeps the position; a long position earns the return from the bar's close to the next one. The summaries of
 * adjacent periods combine into one, so months are made of days.
 *
 * @param predictions number of predictions
 * @param resolved number of them that have an outcome
 * @param correct number of resolved ones whose signal was right
 * @param signals number of signals by direction
 * @param outcomes number of outcomes by direction
 * @param fromFlat trading that starts flat
 * @param fromLong trading that starts long
 */
public record PerformanceSummary(
        long predictions,
        long resolved,
        long correct,
        SignalCounts signals,
        SignalCounts outcomes,
        Trading fromFlat,
        Trading fromLong) {

    /**
     * The result of trading the signals from one starting position.
     *
     * @param endsLong whether the last position is long
     * @param logReturn natural logarithm of the growth before fees
     * @param trades position changes
     */
    public record Trading(boolean endsLong, double logReturn, long trades) {}

    /** The summary of no predictions. */
    public static final PerformanceSummary NONE = new PerformanceSummary(
            0, 0, 0, SignalCounts.NONE, SignalCounts.NONE, new Trading(false, 0, 0), new Trading(true, 0, 0));

    /**
     * Returns the summary of a single prediction.
     *
     * @param outcome realised direction, or null if it is not known
     * @param logReturn logarithm of the next bar's close over this bar's, 0 if one of them is missing
     */
    public static PerformanceSummary of(Signal signal, @Nullable Signal outcome, double logReturn) {
        return new PerformanceSummary(
                1,
                outcome == null ? 0 : 1,
                outcome == signal ? 1 : 0,
                SignalCounts.of(signal),
                SignalCounts.of(outcome),
                trading(false, signal, logReturn),
                trading(true, signal, logReturn));
    }

    private static Trading trading(boolean wasLong, Signal signal, double logReturn) {
        boolean isLong = switch (signal) {
            case SELL -> false;
            case HOLD -> wasLong;
            case BUY -> true;
        };
        return new Trading(isLong, isLong ? logReturn : 0, isLong == wasLong ? 0 : 1);
    }

    /** Returns the summary of this period and the one directly after it. */
    public PerformanceSummary then(PerformanceSummary next) {
        return new PerformanceSummary(
                predictions + next.predictions,
                resolved + next.resolved,
                correct + next.correct,
                signals.plus(next.signals),
                outcomes.plus(next.outcomes),
                followed(fromFlat, next),
                followed(fromLong, next));
    }

    private static Trading followed(Trading before, PerformanceSummary next) {
        Trading after = before.endsLong ? next.fromLong : next.fromFlat;
        return new Trading(after.endsLong, before.logReturn + after.logReturn, before.trades + after.trades);
    }
}
