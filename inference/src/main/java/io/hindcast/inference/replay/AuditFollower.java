package io.hindcast.inference.replay;

import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.inference.InferenceProcessor;
import io.hindcast.inference.backfill.LowPriority;
import io.hindcast.inference.model.LaneContext;
import java.util.concurrent.ThreadPoolExecutor;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.queryhandling.QueryGateway;

/**
 * Event handler that has audits carried out, on low-priority threads that no lane uses. Axon calls the handlers on the
 * thread that owns the symbol's segment; they return at once.
 */
@ProcessingGroup(InferenceProcessor.NAME)
@DisallowReplay
public final class AuditFollower implements AutoCloseable {

    private final ThreadPoolExecutor threads;
    private final Auditor auditor;

    public AuditFollower(LaneContext context, ReplaySources sources, QueryGateway queries) {
        threads = LowPriority.pool(context.settings().audit().poolSize(), "audit-days");
        auditor = new Auditor(context, sources, queries, threads);
    }

    @EventHandler
    public void on(AuditEvent event) {
        auditor.on(event);
    }

    /** A symbol is new to this process with its first candle event, after a start too. */
    @EventHandler
    public void on(CandlesRecorded event) {
        auditor.wake(event.symbol());
    }

    public void start() {
        auditor.start();
    }

    public void stop() {
        auditor.stop();
    }

    public boolean isRunning() {
        return auditor.isRunning();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
