package io.hindcast.app.health;

import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Readiness by outages: no part is down. Shows all outages and the latest losses, each with its remedy. */
final class OutagesHealth extends AbstractHealthIndicator {

    /** Maximum number of losses shown; the dashboard shows all of them. */
    private static final int LOSSES_SHOWN = 20;

    private final Outages outages;

    OutagesHealth(Outages outages) {
        super("The outages cannot be read");
        this.outages = outages;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        for (Outage outage : outages.current()) {
            if (outage.severity() == Outage.Severity.DOWN) {
                health.outOfService();
            }
            health.withDetail(outage.part(), detail(outage));
        }
        var losses = outages.losses();
        if (!losses.isEmpty()) {
            health.withDetail(
                    "given up",
                    losses.subList(Math.max(0, losses.size() - LOSSES_SHOWN), losses.size()).stream()
                            .map(OutagesHealth::detail)
                            .toList());
        }
    }

    private static String detail(Outage outage) {
        return outage.severity() + " since " + outage.since() + ": " + outage.summary();
    }
}
