package io.hindcast.app.health;

import io.hindcast.app.metrics.ProcessorLag;
import io.hindcast.app.metrics.ProcessorLag.Status;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Readiness of the event processors: all run, none fails, and none is far behind the log. */
final class ProcessorsHealth extends AbstractHealthIndicator {

    /** Events behind the log above which read models count as stale: some hours of bars of several markets. */
    static final long LAG_LIMIT = 1_000;

    private final ProcessorLag lag;

    ProcessorsHealth(ProcessorLag lag) {
        super("The processors' positions in the log cannot be read");
        this.lag = lag;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Map<String, Status> statuses = new TreeMap<>(lag.statuses());
        health.up();
        statuses.forEach((name, status) -> {
            if (!status.running() || status.failing() || status.behind() > LAG_LIMIT) {
                health.outOfService();
            }
            health.withDetail(
                    name,
                    !status.running()
                            ? "not running"
                            : status.behind() + " events behind" + (status.failing() ? ", failing and retrying" : ""));
        });
    }
}
