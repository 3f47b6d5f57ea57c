package io.hindcast.ml.train;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How a running training is watched and ended early. It never changes what a round computes, only how many there are.
 *
 * @param progress told after every round
 * @param cancelled asked before every round; once it says yes the training throws {@link CancellationException}
 * @param budget time after which no further round begins; the best so far is kept
 * @param nanoTime a clock that only goes forward, nanoseconds
 */
public record TrainingControl(Progress progress, BooleanSupplier cancelled, Duration budget, LongSupplier nanoTime) {

    /** Neither watched nor limited. */
    public static final TrainingControl NONE = new TrainingControl((_, _, _) -> {}, () -> false, Duration.ofDays(3650));

    public TrainingControl {
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("time budget " + budget + ", expected more than zero");
        }
    }

    public TrainingControl(Progress progress, BooleanSupplier cancelled, Duration budget) {
        this(progress, cancelled, budget, System::nanoTime);
    }

    /** Where a training shows how far it is; called on the training's thread. */
    @FunctionalInterface
    public interface Progress {

        /**
         * @param round rounds done, from 1
         * @param of rounds at most
         * @param validationLoss of this round, lower is better
         */
        void round(int round, int of, double validationLoss);
    }
}
