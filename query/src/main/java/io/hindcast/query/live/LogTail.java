package io.hindcast.query.live;

import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FailureReason;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the log from its head on a thread of its own and hands each new event on as it is committed. Nothing is read
 * from tables and nothing is kept: who subscribes later asks a query for what was before. When the store is away it
 * comes back to where it was. An event that cannot be handed on is skipped, and subscriptions are ended so that nobody
 * takes them for complete.
 */
public final class LogTail implements SmartLifecycle {

    /** Takes events of the log, in its order. */
    public interface Listener {

        /** Takes a payload. */
        void accept(Object payload);

        /** Is told that an event, or several, cannot be handed on. */
        void missed(String reason);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    /**
     * The embedded store wakes its readers, but one that was just about to wait may miss that; it then looks again
     * after this long.
     */
    private static final int LOOK_AGAIN_MILLIS = 10;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String PART = "live updates";

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final Listener listener;
    private final Outages outages;
    private final SupervisedLoop loop;
    private final Counter events;
    private final Counter interruptions;
    /** Where the next run begins; null if that could not be found. */
    private volatile @Nullable Place head;
    // All of these belong to the loop's thread.
    private @Nullable Place place;
    private @Nullable BlockingStream<TrackedEventMessage<?>> stream;

    public LogTail(
            StreamableMessageSource<TrackedEventMessage<?>> log, Listener listener, SupervisedLoop.Ground ground) {
        this.log = log;
        this.listener = listener;
        this.outages = ground.outages();
        this.loop = new SupervisedLoop(
                PART,
                "Pages show what was last known; it is tried again, and goes on where it was.",
                ground.with(BACKOFF),
                this::turn,
                this::end);
        this.events = Counter.builder("hindcast.query.tail.events")
                .description("Events seen at the head of the log")
                .register(ground.meters());
        this.interruptions = Counter.builder("hindcast.query.tail.interruptions")
                .description("Times the log could not be followed and was opened again")
                .register(ground.meters());
    }

    /** What is committed after this returns is handed on, if the store can be reached now; else from when it can be. */
    @Override
    public synchronized void start() {
        if (!loop.isRunning()) {
            head = head();
            loop.start();
        }
    }

    /**
     * A place in the log.
     *
     * @param token null before the first event
     */
    private record Place(@Nullable TrackingToken token) {}

    private @Nullable Place head() {
        try {
            return new Place(log.createHeadToken());
        } catch (RuntimeException e) {
            LOG.warn("The head of the log cannot be found yet: {}", e.toString());
            return null;
        }
    }

    @Override
    public synchronized void stop() {
        loop.stop(PATIENCE);
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    private void turn() throws InterruptedException {
        try {
            BlockingStream<TrackedEventMessage<?>> open = stream;
            if (open == null) {
                open = open();
                stream = open;
            }
            if (open.hasNextAvailable(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                TrackedEventMessage<?> event = open.nextAvailable();
                place = new Place(event.trackingToken());
                hand(event);
            }
        } catch (RuntimeException | Error e) {
            interruptions.increment();
            close();
            throw e;
        }
    }

    private BlockingStream<TrackedEventMessage<?>> open() {
        Place from = place;
        if (from == null) {
            Place found = head;
            from = found != null ? found : new Place(log.createHeadToken());
            place = from;
        }
        return log.openStream(from.token());
    }

    private void close() {
        BlockingStream<TrackedEventMessage<?>> open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }

    private void end() {
        place = null;
        close();
    }

    /** An event that nobody can make sense of must not keep the next ones back. */
    private void hand(TrackedEventMessage<?> event) {
        events.increment();
        try {
            listener.accept(event.getPayload());
        } catch (RuntimeException | Error e) {
            LOG.error("{} at {} could not be handed to subscribers", event.getPayloadType(), event.trackingToken(), e);
            outages.lost(
                    PART,
                    "A " + event.getPayloadType().getSimpleName() + " could not be handed to subscribers: "
                            + FailureReason.of(e),
                    "It is in the log and in answers to queries; pages ask for what they missed.");
            listener.missed(FailureReason.of(e));
        }
    }
}
