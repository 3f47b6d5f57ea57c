package io.hindcast.projections;

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

/** Makes the event processors that fill builds. */
public final class ReadModelProcessors {

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final JdbcOperations jdbc;
    private final ProjectionsProperties properties;

    /** @param tokens kept in the same database as the read models, so that rows and token move in one transaction */
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

    /** A processor at work on a build, from the beginning of the log or from where it was. */
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

    /** How far the log goes at this moment, by global sequence; −1 when it is empty. */
    long head() {
        @Nullable TrackingToken head = log.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    /** A processor at work. */
    public record Running(
            ReadModelBuild build,
            StreamingEventProcessor processor,
            ScheduledExecutorService coordinator,
            ScheduledExecutorService workers)
            implements AutoCloseable {

        /**
         * Global sequence up to which every event is in the tables; −1 while a part of the log is not being worked on
         * here.
         */
        public long position() {
            Collection<EventTrackerStatus> parts = processor.processingStatus().values();
            double share = parts.stream()
                    .mapToDouble(part -> 1.0 / (part.getSegment().getMask() + 1))
                    .sum();
            return share < 1
                    ? -1
                    : parts.stream()
                            .mapToLong(part -> part.getCurrentPosition().orElse(-1))
                            .min()
                            .orElse(-1);
        }

        /** Finishes the batches under way and stops. */
        @Override
        public void close() {
            processor.shutdownAsync().orTimeout(30, TimeUnit.SECONDS).join();
            coordinator.shutdown();
            workers.shutdown();
        }
    }
}
