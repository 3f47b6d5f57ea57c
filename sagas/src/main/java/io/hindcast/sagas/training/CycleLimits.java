package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The attempts and the time that a training cycle may take.
 *
 * @param attempts at one family's run in one cycle, 1 or more
 * @param timeouts of its steps
 * @param expiresAfter market-time age at which a version expires
 * @param marketClock time of decisions made at a deadline; all others take the time of the event that led to them
 */
public record CycleLimits(int attempts, Timeouts timeouts, Duration expiresAfter, InstantSource marketClock) {

    /**
     * Wall time that the steps of a cycle may take.
     *
     * @param claim time a run may wait for a worker
     * @param run time a run may take after a worker claims it
     * @param firstSuccess time until the first run of the cycle succeeds
     * @param cycle time until all its runs have ended
     */
    public record Timeouts(Duration claim, Duration run, Duration firstSuccess, Duration cycle) {}

    /** Returns the failure of a run that waited too long. It is not retryable: another run would wait as long. */
    TrainingFailure noWorker() {
        return new TrainingFailure(
                "no worker claimed it within " + timeouts.claim(),
                "Run more processes with the role training or more workers (hindcast.training.worker.count), or raise"
                        + " hindcast.sagas.wait-timeout",
                false);
    }

    /** Returns the failure of a run whose worker took too long. */
    TrainingFailure noResult() {
        return new TrainingFailure(
                "no result within " + timeouts.run() + " of its claim by a worker",
                "Raise hindcast.sagas.run-timeout, or lower hindcast.training.time-budget or hindcast.sagas.history-days",
                true);
    }

    Instant now() {
        return marketClock.instant();
    }
}
