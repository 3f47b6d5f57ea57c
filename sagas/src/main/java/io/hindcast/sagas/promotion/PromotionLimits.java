package io.hindcast.sagas.promotion;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that the steps of a promotion may take.
 *
 * @param joinTimeout wall time within which the lane must join after a promotion begins
 * @param backfillTimeout wall time within which the version's past must be computed after its lane has joined
 * @param marketClock time of decisions made at a deadline; all others take the time of the event that led to them
 */
public record PromotionLimits(Duration joinTimeout, Duration backfillTimeout, InstantSource marketClock) {

    Instant now() {
        return marketClock.instant();
    }
}
