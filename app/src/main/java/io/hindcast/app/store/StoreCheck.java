package io.hindcast.app.store;

import io.hindcast.console.StartFailure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Runs {@link StoreAssertions} when every bean is made and nothing has started, and waits for Axon Server if the log is
 * there: what starts without it fails in many places, none of which says why.
 */
final class StoreCheck implements SmartInitializingSingleton {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Configuration axon;
    private final EventStoreKind kind;
    private final String servers;

    /** @param servers where Axon Server was said to be, for people */
    StoreCheck(Configuration axon, EventStoreKind kind, String servers) {
        this.axon = axon;
        this.kind = kind;
        this.servers = servers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        StoreAssertions.check(axon, kind);
        if (kind == EventStoreKind.AXON_SERVER) {
            awaitAnswer(axon.eventStore(), servers, PATIENCE);
        }
    }

    static void awaitAnswer(EventStore log, String servers, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                var _ = log.createHeadToken();
                return;
            } catch (RuntimeException e) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw new StartFailure(
                            "Axon Server at " + servers + " does not answer: " + e.getMessage()
                                    + ". Start it, or say where it is with axon.axonserver.servers=host:port.",
                            e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
