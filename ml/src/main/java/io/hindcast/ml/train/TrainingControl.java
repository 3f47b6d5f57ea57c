package io.hindcast.ml.train;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How a running training is watched and ended early. It never changes what a round computes, only how many there are.
 *
 * @param progress told after every round
 * @param cancelled asked before every round, and within long ones; once it says yes the training throws
 *     {@link CancellationException}
 * @param budget time after which no further round begins; the best so far is kept
 * @param nanoTime a clock that only goes forward, nanoseconds
 */
public record TrainingControl(Progress progress, BooleanSupplier cancelled, Duration budget, LongSupplier nanoTime) {

    /** Neither watched nor limited. */
    public static final TrainingControl NONE = new TrainingControl(_ -> {}, () -> false, Duration.ofDays(3650));

    public TrainingControl {
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("time budget " + budget + ", expected more than zero");
        }
    }

    public TrainingControl(Progress progress, BooleanSupplier cancelled, Duration budget) {
        this(progress, cancelled, budget, System::nanoTime);
    }

    /** Ends the training if it was cancelled; {@code where} says where it was. */
    public void check(String where) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("training was cancelled " + where);
        }
    }

    /** Where a training shows how far it is; called on the training's thread. */
    @FunctionalInterface
    public interface Progress {

        /** A round is done. */
        void round(Round round);

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
