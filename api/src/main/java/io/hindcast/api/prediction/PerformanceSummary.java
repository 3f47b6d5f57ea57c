package io.hindcast.api.prediction;

import org.jspecify.annotations.Nullable;

/**
 * How a run of consecutive predictions did, as a function of the position before it. BUY goes long, SELL goes flat,
 * HOLD keeps what is; a long position earns the return from the bar's close to the next one. Two summaries in a row
 * combine into that of both, so months are made of days.
 *
 * @param predictions how many
 * @param resolved of these, how many have an outcome
 * @param correct of the resolved, how many signals were right
 * @param sell signals by kind, and below outcomes by kind
 * @param fromFlat what becomes of a flat start
 * @param fromLong what becomes of a long start
 */
public record PerformanceSummary(
        long predictions,
        long resolved,
        long correct,
        long sell,
        long hold,
        long buy,
        long outcomeSell,
        long outcomeHold,
        long outcomeBuy,
        Trading fromFlat,
        Trading fromLong) {

    /**
     * One start's fate.
     *
     * @param endsLong whether the position is long afterwards
     * @param logReturn natural logarithm of the growth before fees
     * @param trades position changes
     */
    public record Trading(boolean endsLong, double logReturn, long trades) {}

    /** Of no prediction at all. */
    public static final PerformanceSummary NONE =
            new PerformanceSummary(0, 0, 0, 0, 0, 0, 0, 0, 0, new Trading(false, 0, 0), new Trading(true, 0, 0));

    /**
     * Of a single prediction.
     *
     * @param outcome what the market then did, or null if that is not known
     * @param logReturn logarithm of the next bar's close over this bar's, 0 if one of them is missing
     */
    public static PerformanceSummary of(Signal signal, @Nullable Signal outcome, double logReturn) {
        return new PerformanceSummary(
                1,
                outcome == null ? 0 : 1,
                outcome == signal ? 1 : 0,
                signal == Signal.SELL ? 1 : 0,
                signal == Signal.HOLD ? 1 : 0,
                signal == Signal.BUY ? 1 : 0,
                outcome == Signal.SELL ? 1 : 0,
                outcome == Signal.HOLD ? 1 : 0,
                outcome == Signal.BUY ? 1 : 0,
                leg(false, signal, logReturn),
                leg(true, signal, logReturn));
    }

    private static Trading leg(boolean wasLong, Signal signal, double logReturn) {
        boolean isLong = switch (signal) {
            case SELL -> false;
            case HOLD -> wasLong;
            case BUY -> true;
        };
        return new Trading(isLong, isLong ? logReturn : 0, isLong == wasLong ? 0 : 1);
    }

    /** Of this one and what came right after it. */
    public PerformanceSummary then(PerformanceSummary next) {
        return new PerformanceSummary(
                predictions + next.predictions,
                resolved + next.resolved,
                correct + next.correct,
                sell + next.sell,
                hold + next.hold,
                buy + next.buy,
                outcomeSell + next.outcomeSell,
                outcomeHold + next.outcomeHold,
                outcomeBuy + next.outcomeBuy,
                followed(fromFlat, next),
                followed(fromLong, next));
    }

    private static Trading followed(Trading leg, PerformanceSummary next) {
        Trading after = leg.endsLong ? next.fromLong : next.fromFlat;
        return new Trading(after.endsLong, leg.logReturn + after.logReturn, leg.trades + after.trades);
    }
}
