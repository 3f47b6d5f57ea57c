package io.hindcast.projections;

import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.runtime.RetryingErrorHandler;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** Creates the event processors that fill builds. Thread-safe. */
public final class ReadModelProcessors {

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final JdbcOperations jdbc;
    private final ProjectionsProperties properties;

    /**
     * @param tokens in the same database as the read models, so that rows and token are committed in one transaction
     */
    public ReadModelProcessors(
            StreamableMessageSource<TrackedEventMessage<?>> log,
            TokenStore tokens,
            TransactionManager transactions,
            JdbcOperations jdbc,
            ProjectionsProperties properties) {
        this.log = log;
        this.tokens = tokens;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Starts a processor on a build, at the beginning of the log or after the events that the build holds already. */
    public Running start(ReadModelBuild build) {
        ScheduledExecutorService coordinator = executor(build, 1, "coordinator");
        ScheduledExecutorService workers = executor(build, properties.segments(), "worker");
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name(build.processor())
                .eventHandlerInvoker(new ReadModelProjector(jdbc, build))
                .errorHandler(RetryingErrorHandler.INSTANCE)
                .messageSource(log)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .coordinatorExecutor(coordinator)
                .workerExecutor(workers)
                .initialSegmentCount(properties.segments())
                .initialToken(StreamableMessageSource::createTailToken)
                .batchSize(properties.batchSize())
                .build();
        processor.start();
        return new Running(build, processor, coordinator, workers);
    }

    private static ScheduledExecutorService executor(ReadModelBuild build, int threads, String role) {
        return Executors.newScheduledThreadPool(
                threads,
                Thread.ofPlatform()
                        .daemon()
                        .name(build.processor() + "-" + role + "-", 0)
                        .factory());
    }

    /** Returns the global sequence of the last event in the log; −1 when it is empty. */
    long head() {
        @Nullable TrackingToken head = log.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    /** A running processor and its threads. */
    public record Running(
            ReadModelBuild build,
            StreamingEventProcessor processor,
            ScheduledExecutorService coordinator,
            ScheduledExecutorService workers)
            implements AutoCloseable {

        /**
         * Returns the global sequence up to which all events are in the tables; −1 while this process does not hold all
         * segments.
         */
        public long position() {
            Collection<EventTrackerStatus> segments =
                    processor.processingStatus().values();
            double share = segments.stream()
                    .mapToDouble(segment -> 1.0 / (segment.getSegment().getMask() + 1))
                    .sum();
            return share < 1
                    ? -1
                    : segments.stream()
                            .mapToLong(segment -> segment.getCurrentPosition().orElse(-1))
                            .min()
                            .orElse(-1);
        }

        /** Stops after the batches in progress, at most 30 seconds later. */
        @Override
        public void close() {
            processor.shutdownAsync().orTimeout(30, TimeUnit.SECONDS).join();
            coordinator.shutdown();
            workers.shutdown();
        }
    }
}
