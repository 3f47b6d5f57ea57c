package io.hindcast.sagas.training;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What a training cycle may take.
 *
 * @param attempts of one family's run in one cycle, 1 or more
 * @param runTimeout wall time a run may take
 * @param promotionTimeout wall time within which a begun promotion's lane must join
 * @param expiresAfter market-time age at which a version expires
 * @param marketClock dates the decisions that a deadline makes; all others are dated by the event that led to them
 */
public record CycleRules(
        int attempts,
        Duration runTimeout,
        Duration promotionTimeout,
        Duration expiresAfter,
        InstantSource marketClock) {

    Instant now() {
        return marketClock.instant();
    }
}
