package io.hindcast.sagas.training;

import io.hindcast.api.training.TrainingFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What a training cycle may take.
 *
 * @param attempts of one family's run in one cycle, 1 or more
 * @param waitTimeout wall time a run may wait for a worker
 * @param runTimeout wall time a run may take from when a worker begins it
 * @param promotionTimeout wall time within which a begun promotion's lane must join
 * @param expiresAfter market-time age at which a version expires
 * @param marketClock dates the decisions that a deadline makes; all others are dated by the event that led to them
 */
public record CycleRules(
        int attempts,
        Duration waitTimeout,
        Duration runTimeout,
        Duration promotionTimeout,
        Duration expiresAfter,
        InstantSource marketClock) {

    /** Of a run that waited too long. Another one would wait as long. */
    TrainingFailure noWorker() {
        return new TrainingFailure(
                "no worker began it within " + waitTimeout,
                "Run more processes with the role training or more workers (hindcast.training.worker.count), or raise"
                        + " hindcast.sagas.wait-timeout",
                false);
    }

    TrainingFailure noResult() {
        return new TrainingFailure(
                "no result within " + runTimeout + " of its beginning",
                "Raise hindcast.sagas.run-timeout, or lower hindcast.training.time-budget or hindcast.sagas.history-days",
                true);
    }

    Instant now() {
        return marketClock.instant();
    }
}
