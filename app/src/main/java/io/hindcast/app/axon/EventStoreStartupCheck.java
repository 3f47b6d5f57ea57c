package io.hindcast.app.axon;

import io.hindcast.console.StartFailure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Runs {@link AxonComponentCheck} after all beans are created and before anything starts, and then waits for Axon
 * Server if the log is there. Components that start without it would fail in many places without naming the cause.
 */
final class EventStoreStartupCheck implements SmartInitializingSingleton {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Configuration axon;
    private final EventStoreKind kind;
    private final String servers;

    /** @param servers configured addresses of Axon Server, for messages */
    EventStoreStartupCheck(Configuration axon, EventStoreKind kind, String servers) {
        this.axon = axon;
        this.kind = kind;
        this.servers = servers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        AxonComponentCheck.check(axon, kind);
        if (kind == EventStoreKind.AXON_SERVER) {
            awaitAnswer(axon.eventStore(), servers, LONGEST_WAIT);
        }
    }

    static void awaitAnswer(EventStore log, String servers, Duration longestWait) {
        long deadline = System.nanoTime() + longestWait.toNanos();
        while (true) {
            try {
                var _ = log.createHeadToken();
                return;
            } catch (RuntimeException e) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw new StartFailure(
                            "Axon Server at " + servers + " does not answer: " + e.getMessage()
                                    + ". Start it, or set its address with axon.axonserver.servers=host:port.",
                            e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
