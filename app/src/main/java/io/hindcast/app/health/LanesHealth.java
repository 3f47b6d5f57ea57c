package io.hindcast.app.health;

import io.hindcast.inference.LaneRegistry;
import io.hindcast.inference.LaneStatus;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Readiness of the lanes: every live lane predicts. Without lanes, as before the first training, it is up. */
final class LanesHealth extends AbstractHealthIndicator {

    private final LaneRegistry lanes;
    private final InstantSource marketClock;

    LanesHealth(LaneRegistry lanes, InstantSource marketClock) {
        super("The lanes' status cannot be read");
        this.lanes = lanes;
        this.marketClock = marketClock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Instant now = marketClock.instant();
        health.up();
        for (LaneStatus lane : lanes.all()) {
            if (lane.state() == LaneStatus.State.UNHEALTHY) {
                health.outOfService();
            }
            health.withDetail(
                    lane.version().toString(),
                    lane.state()
                            + lane.problem().map(problem -> ": " + problem).orElse("")
                            + (lane.missed() > 0 ? ", " + lane.missed() + " bars missed" : "")
                            + (lane.expired(now) ? ", expired at " + lane.expiresAt() : ""));
        }
    }
}
