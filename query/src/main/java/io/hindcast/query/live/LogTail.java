package io.hindcast.query.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the log from its head on a thread of its own and hands each new event on as it is committed. Nothing is read from tables
 * and nothing is kept: who subscribes later asks a query for what was before. When the store is away it comes back to where it
 * was.
 */
public final class LogTail implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    /**
     * The embedded store wakes its readers, but one that was just about to wait may miss that; it then looks again after this
     * long.
     */
    private static final int LOOK_AGAIN_MILLIS = 10;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final Consumer<Object> listener;
    private final Counter events;
    private final Counter interruptions;
    private volatile @Nullable Thread thread;

    /** @param listener takes payloads, in the order of the log */
    public LogTail(
            StreamableMessageSource<TrackedEventMessage<?>> log, Consumer<Object> listener, MeterRegistry meters) {
        this.log = log;
        this.listener = listener;
        this.events = Counter.builder("hindcast.query.tail.events")
                .description("Events seen at the head of the log")
                .register(meters);
        this.interruptions = Counter.builder("hindcast.query.tail.interruptions")
                .description("Times the log could not be followed and was opened again")
                .register(meters);
    }

    /** What is committed after this returns is handed on, if the store can be reached now; else from when it can be. */
    @Override
    public synchronized void start() {
        if (thread == null) {
            Optional<TrackingToken> head = head();
            // It looks whether it is the one that is to follow: that has to be known before it runs.
            Thread following = Thread.ofPlatform().daemon().name("log-tail").unstarted(() -> follow(head));
            thread = following;
            following.start();
        }
    }

    private Optional<TrackingToken> head() {
        try {
            return Optional.ofNullable(log.createHeadToken());
        } catch (RuntimeException e) {
            LOG.warn("The head of the log cannot be found yet: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public synchronized void stop() {
        Thread following = thread;
        thread = null;
        if (following != null) {
            following.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void follow(Optional<TrackingToken> head) {
        @Nullable TrackingToken place = head.orElse(null);
        boolean placed = head.isPresent();
        Duration pause = SHORTEST_PAUSE;
        while (isCurrent()) {
            try {
                if (!placed) {
                    place = log.createHeadToken();
                    placed = true;
                }
                try (BlockingStream<TrackedEventMessage<?>> stream = log.openStream(place)) {
                    while (isCurrent()) {
                        if (stream.hasNextAvailable(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                            TrackedEventMessage<?> event = stream.nextAvailable();
                            place = event.trackingToken();
                            pause = SHORTEST_PAUSE;
                            hand(event);
                        }
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!isCurrent()) {
                    return;
                }
                interruptions.increment();
                LOG.warn("The log cannot be followed; trying again in {} ms: {}", pause.toMillis(), e.toString());
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        }
    }

    private boolean isCurrent() {
        return thread == Thread.currentThread() && !Thread.currentThread().isInterrupted();
    }

    /** An event that nobody can make sense of must not keep the next ones back. */
    private void hand(TrackedEventMessage<?> event) {
        events.increment();
        try {
            listener.accept(event.getPayload());
        } catch (RuntimeException e) {
            LOG.error("{} at {} could not be handed to subscribers", event.getPayloadType(), event.trackingToken(), e);
        }
    }
}
