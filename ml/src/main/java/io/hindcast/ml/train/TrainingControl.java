package io.hindcast.ml.train;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How one training is watched and ended early, by whoever wants it to end or by its time budget. It never changes what
 * a step computes, only how many there are: with time enough the same seed gives the same model.
 *
 * <p>The budget is counted from the moment this is made and covers everything up to the judged model. A fifth of it,
 * {@link #LONGEST_RESERVE} at most, is kept for what follows the last round: export, its check, and scoring the test
 * rows.
 *
 * <ul>
 *   <li>Once {@link #trainingTimeSpent()}, no further step of a training begins. {@link EarlyStopping#goesOn} asks it
 *       between two steps of a round: a round that is broken off is left out if an earlier one is there, and else
 *       counts with the steps it has done; with none it fails.
 *   <li>Once {@link #budgetSpent()}, no further test rows are scored: the model is judged by those that have been, the
 *       earliest ones, and its split says so.
 * </ul>
 *
 * So a training ends within one step or one batch of rows of its budget.
 */
public final class TrainingControl {

    /** Kept of a long budget for what follows the last round. */
    public static final Duration LONGEST_RESERVE = Duration.ofMinutes(15);

    /** Neither watched nor limited. */
    public static final TrainingControl NONE = new TrainingControl(_ -> {}, () -> false, Duration.ofDays(3650));

    private static final int RESERVED = 5;

    private final Progress progress;
    private final BooleanSupplier cancelled;
    private final Duration budget;
    private final LongSupplier nanoTime;
    private final long begun;

    /**
     * Starts the budget's clock.
     *
     * @param progress told after every round and now and then within one
     * @param cancelled asked before every step; once it says yes the training throws {@link CancellationException}
     * @param budget more than zero
     * @param nanoTime a clock that only goes forward, nanoseconds
     */
    public TrainingControl(Progress progress, BooleanSupplier cancelled, Duration budget, LongSupplier nanoTime) {
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("time budget " + budget + ", expected more than zero");
        }
        this.progress = progress;
        this.cancelled = cancelled;
        this.budget = budget;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    public TrainingControl(Progress progress, BooleanSupplier cancelled, Duration budget) {
        this(progress, cancelled, budget, System::nanoTime);
    }

    public Progress progress() {
        return progress;
    }

    /** Ends the training if it was cancelled; {@code where} says where it was. */
    public void check(String where) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("training was cancelled " + where);
        }
    }

    /**
     * Whether no further step of the training may begin, so that export and evaluation keep their share. Asked before
     * every step.
     */
    public boolean trainingTimeSpent() {
        return !trainingTimeLeft().isPositive();
    }

    /** Time until {@link #trainingTimeSpent}; negative once it is. */
    public Duration trainingTimeLeft() {
        return budget.minus(reserve()).minusNanos(passed());
    }

    /** Whether the whole budget is spent. Asked before every batch of test rows. */
    public boolean budgetSpent() {
        return passed() >= budget.toNanos();
    }

    private long passed() {
        return nanoTime.getAsLong() - begun;
    }

    private Duration reserve() {
        Duration share = budget.dividedBy(RESERVED);
        return share.compareTo(LONGEST_RESERVE) < 0 ? share : LONGEST_RESERVE;
    }

    /**
     * Fails a training whose time ended before there was anything to keep.
     *
     * @param where what it was at, such as {@code "before the first step"}
     */
    public TimeBudgetException outOfTime(String where) {
        return new TimeBudgetException(budget, where);
    }

    /** Where a training shows how far it is; called on the training's thread. */
    @FunctionalInterface
    public interface Progress {

        /** A round is done. */
        void round(RoundMetrics round);

        /**
         * Something is done within a round that takes long.
         *
         * @param round under way, from 1
         * @param step steps done in it
         * @param of steps that it has
         */
        default void step(int round, int step, int of) {}

        /**
         * Training is over, and so many of the test rows are scored.
         *
         * @param rows scored, 1 or more
         * @param of rows that there are
         */
        default void scored(int rows, int of) {}
    }
}
