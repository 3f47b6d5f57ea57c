package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The attempts and the time that a training cycle may take.
 *
 * @param attempts at one family's run in one cycle, 1 or more
 * @param waitTimeout wall time a run may wait for a worker
 * @param runTimeout wall time a run may take after a worker claims it
 * @param promotionTimeout wall time within which the lane must join after a promotion begins
 * @param backfillTimeout wall time within which the version's past must be computed after its lane has joined
 * @param expiresAfter market-time age at which a version expires
 * @param marketClock time of decisions made at a deadline; all others take the time of the event that led to them
 */
public record CycleLimits(
        int attempts,
        Duration waitTimeout,
        Duration runTimeout,
        Duration promotionTimeout,
        Duration backfillTimeout,
        Duration expiresAfter,
        InstantSource marketClock) {

    /** Returns the failure of a run that waited too long. It is not retryable: another run would wait as long. */
    TrainingFailure noWorker() {
        return new TrainingFailure(
                "no worker claimed it within " + waitTimeout,
                "Run more processes with the role training or more workers (hindcast.training.worker.count), or raise"
                        + " hindcast.sagas.wait-timeout",
                false);
    }

    /** Returns the failure of a run whose worker took too long. */
    TrainingFailure noResult() {
        return new TrainingFailure(
                "no result within " + runTimeout + " of its claim by a worker",
                "Raise hindcast.sagas.run-timeout, or lower hindcast.training.time-budget or hindcast.sagas.history-days",
                true);
    }

    Instant now() {
        return marketClock.instant();
    }
}
