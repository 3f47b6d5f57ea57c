package io.hindcast.app.health;

import io.hindcast.app.metrics.ProcessorLag;
import io.hindcast.app.metrics.ProcessorLag.Standing;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Ready only if every event processor runs, none is stuck on a failure, and none is far behind the log. */
final class ProcessorsHealth extends AbstractHealthIndicator {

    /** Hours of one-minute bars of several markets; what is further behind shows the past as if it were now. */
    static final long BOUND = 1_000;

    private final ProcessorLag lag;

    ProcessorsHealth(ProcessorLag lag) {
        super("The processors' places in the log cannot be read");
        this.lag = lag;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Map<String, Standing> standings = new TreeMap<>(lag.standings());
        health.up();
        standings.forEach((name, standing) -> {
            if (!standing.running() || standing.failing() || standing.behind() > BOUND) {
                health.outOfService();
            }
            health.withDetail(
                    name,
                    !standing.running()
                            ? "not running"
                            : standing.behind() + " events behind"
                                    + (standing.failing() ? ", failing and trying again" : ""));
        });
    }
}
