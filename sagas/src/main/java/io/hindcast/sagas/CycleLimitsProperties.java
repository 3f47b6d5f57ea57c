package io.hindcast.sagas;

import io.hindcast.sagas.training.CycleLimits;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how many attempts and how much time a training cycle may take.
 *
 * @param attempts how often a family's run is tried in one cycle
 * @param waitTimeout wall time after which a run that no worker has claimed fails
 * @param runTimeout wall time after which a run that a worker has claimed fails without a result
 * @param promotionTimeout wall time after which a promotion whose lane has not joined is abandoned; lanes join at the
 *     next candle, so it must be longer than a candle lasts
 * @param backfillTimeout wall time after which the backfill of a version whose lane has joined is given up, and its
 *     promotion goes on
 * @param expiresAfter market-time age at which a version should no longer be trusted
 */
@ConfigurationProperties("hindcast.sagas")
public record CycleLimitsProperties(
        @DefaultValue("3") int attempts,
        @DefaultValue("24h") Duration waitTimeout,
        @DefaultValue("30m") Duration runTimeout,
        @DefaultValue("10m") Duration promotionTimeout,
        @DefaultValue("1h") Duration backfillTimeout,
        @DefaultValue("7d") Duration expiresAfter) {

    public CycleLimitsProperties {
        if (attempts < 1) {
            throw new IllegalArgumentException("hindcast.sagas.attempts was " + attempts + ", expected 1 or more");
        }
    }

    CycleLimits limits(InstantSource marketClock) {
        return new CycleLimits(attempts, waitTimeout, runTimeout, promotionTimeout, backfillTimeout, expiresAfter, marketClock);
    }
}
