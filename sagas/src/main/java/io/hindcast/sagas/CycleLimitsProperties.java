package io.hindcast.sagas;

import io.hindcast.sagas.promotion.PromotionLimits;
import io.hindcast.sagas.training.CycleLimits;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how many attempts and how much time a training cycle and a promotion may take.
 *
 * @param attempts how often a family's run is tried in one cycle
 * @param waitTimeout wall time after which a run that no worker has claimed fails
 * @param runTimeout wall time after which a run that a worker has claimed fails without a result
 * @param firstSuccessTimeout wall time after which a cycle none of whose runs has succeeded is cancelled
 * @param cycleTimeout wall time after which a cycle is cancelled
 * @param promotionTimeout wall time after which a promotion whose lane has not joined is abandoned; lanes join at the
 *     next candle, so it must be longer than a candle lasts
 * @param backfillTimeout wall time after which the backfill of a version whose lane has joined is given up, and its
 *     promotion goes on
 * @param expiresAfter market-time age at which a version should no longer be trusted
 */
@ConfigurationProperties("hindcast.sagas")
public record CycleLimitsProperties(
        @DefaultValue("3") int attempts,
        @DefaultValue("4h") Duration waitTimeout,
        @DefaultValue("90m") Duration runTimeout,
        @DefaultValue("2h") Duration firstSuccessTimeout,
        @DefaultValue("5h") Duration cycleTimeout,
        @DefaultValue("10m") Duration promotionTimeout,
        @DefaultValue("1h") Duration backfillTimeout,
        @DefaultValue("7d") Duration expiresAfter) {

    public CycleLimitsProperties {
        if (attempts < 1) {
            throw new IllegalArgumentException("hindcast.sagas.attempts was " + attempts + ", expected 1 or more");
        }
    }

    CycleLimits cycleLimits(InstantSource marketClock) {
        CycleLimits.Timeouts timeouts =
                new CycleLimits.Timeouts(waitTimeout, runTimeout, firstSuccessTimeout, cycleTimeout);
        return new CycleLimits(attempts, timeouts, expiresAfter, marketClock);
    }

    PromotionLimits promotionLimits(InstantSource marketClock) {
        return new PromotionLimits(promotionTimeout, backfillTimeout, marketClock);
    }
}
