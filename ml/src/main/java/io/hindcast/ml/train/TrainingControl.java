package io.hindcast.ml.train;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Cancels one training, limits its time and receives its progress. It never changes what a step computes, only how many
 * steps there are: with time enough the same seed gives the same model.
 *
 * <p>Whoever starts a training makes one control for it and passes it to the {@link Trainer}, which calls all methods
 * on the training's thread. Only {@code cancelled} may change its answer from another thread.
 *
 * <p>The budget counts from the construction of the control and covers everything up to the evaluated model. A fifth of
 * it, {@link #LONGEST_RESERVE} at most, is reserved for what follows the last round: export, its check, and scoring the
 * test rows.
 *
 * <ul>
 *   <li>Once {@link #trainingTimeSpent()}, no further training step begins. {@link EarlyStopping#continueRound} checks
 *       it between two steps of a round: a round cut short is discarded if an earlier one is complete, and otherwise
 *       counts with the steps done; with none the training fails.
 *   <li>Once {@link #budgetSpent()}, no further test rows are scored: the model is evaluated on those that have been
 *       scored, the earliest ones, and its split contains only these.
 * </ul>
 *
 * So a training ends within one step or one batch of rows of its budget.
 */
public final class TrainingControl {

    /** Longest part of a budget that is reserved for what follows the last round. */
    public static final Duration LONGEST_RESERVE = Duration.ofMinutes(15);

    /** A control without progress, cancellation and limit. */
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
     * @param progress receives every round, and steps within long rounds
     * @param cancelled called before every step, and must be quick; once it returns true the training throws
     *     {@link CancellationException}
     * @param budget more than zero
     * @param nanoTime a monotonic clock, nanoseconds
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

    /**
     * Ends the training if it was cancelled.
     *
     * @param where position in the training for the message, such as {@code "before round 3"}
     * @throws CancellationException if it was cancelled
     */
    public void check(String where) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("training was cancelled " + where);
        }
    }

    /**
     * Returns whether no further training step may begin, so that export and evaluation keep their reserve. Called
     * before every step.
     */
    public boolean trainingTimeSpent() {
        return !trainingTimeLeft().isPositive();
    }

    /** Returns the time until {@link #trainingTimeSpent}; negative after that. */
    public Duration trainingTimeLeft() {
        return budget.minus(reserve()).minusNanos(passed());
    }

    /** Returns whether the whole budget is spent. Called before every batch of test rows. */
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
     * Returns the exception of a training whose time ended before there was a model to keep.
     *
     * @param where position in the training for the message, such as {@code "before the first step"}
     */
    public TimeBudgetException outOfTime(String where) {
        return new TimeBudgetException(budget, where);
    }

    /**
     * Receives the progress of one training. The trainer calls it on the training's thread, so calls never overlap and
     * a slow implementation slows the training. Order: the rounds, each as {@link #stepsCompleted} now and then and one
     * {@link #roundCompleted}; then {@link #rowsScored} until the test rows are scored. Whatever a method throws ends
     * the training with that exception.
     */
    @FunctionalInterface
    public interface Progress {

        /** Receives a completed round. */
        void roundCompleted(RoundMetrics round);

        /**
         * Receives the steps done within a long round.
         *
         * @param round current round, from 1
         * @param steps done in it
         * @param of steps in the round
         * @param metrics by name, their means over the steps of the round so far; may be empty
         */
        default void stepsCompleted(int round, int steps, int of, Map<String, Double> metrics) {}

        /**
         * Receives the number of test rows scored after training.
         *
         * @param rows scored, 1 or more
         * @param of test rows
         */
        default void rowsScored(int rows, int of) {}
    }
}
