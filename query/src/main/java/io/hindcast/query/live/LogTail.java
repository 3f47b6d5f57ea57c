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
 * Follows the log from its head on a thread of its own and passes each event to a listener as it is committed. Nothing
 * is read from tables and nothing is kept: a later subscriber queries what was before. After an outage of the store it
 * continues at its position. An event on which the listener fails is skipped and reported to the listener.
 */
public final class LogTail implements SmartLifecycle {

    /**
     * Receives the events of the log. Both methods are called on the tail's own thread, one call at a time; while a
     * call lasts, later events wait.
     */
    public interface Listener {

        /**
         * Called for each event with its payload, once, in the order of the log. May throw anything: the event is then
         * skipped, and {@link #missed} is called next.
         */
        void accept(Object payload);

        /**
         * Called after {@link #accept} failed, so that subscribers do not take their updates for complete. If it
         * throws, the tail reopens the log after the failed event.
         *
         * @param reason of the failure, for people
         */
        void missed(String reason);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    /**
     * Longest wait for the next event. The embedded store wakes its readers, but a reader that is just about to wait
     * may miss that.
     */
    private static final int WAIT_MILLIS = 10;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final String PART = "live updates";

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final Listener listener;
    private final Outages outages;
    private final SupervisedLoop loop;
    private final Counter events;
    private final Counter interruptions;
    /** Head of the log at the start; null if it could not be read then. */
    private volatile @Nullable Position head;
    // Used by the loop's thread only.
    private @Nullable Position position;
    private @Nullable BlockingStream<TrackedEventMessage<?>> stream;

    public LogTail(
            StreamableMessageSource<TrackedEventMessage<?>> log,
            Listener listener,
            SupervisedLoop.Context loopContext) {
        this.log = log;
        this.listener = listener;
        this.outages = loopContext.outages();
        this.loop = new SupervisedLoop(
                PART,
                "Pages show the last known state; it is retried and continues at its position.",
                loopContext.with(BACKOFF),
                this::turn,
                this::end);
        this.events = Counter.builder("hindcast.query.tail.events")
                .description("Events read at the head of the log")
                .register(loopContext.meters());
        this.interruptions = Counter.builder("hindcast.query.tail.interruptions")
                .description("Times that the log was reopened after a failure")
                .register(loopContext.meters());
    }

    /**
     * Starts the tail. Events that are committed after this returns are passed on; if the store is not reachable now,
     * those that are committed after it is.
     */
    @Override
    public synchronized void start() {
        if (!loop.isRunning()) {
            head = head();
            loop.start();
        }
    }

    /**
     * A position in the log.
     *
     * @param token null before the first event
     */
    private record Position(@Nullable TrackingToken token) {}

    private @Nullable Position head() {
        try {
            return new Position(log.createHeadToken());
        } catch (RuntimeException e) {
            LOG.warn("The head of the log cannot be read yet: {}", e.toString());
            return null;
        }
    }

    @Override
    public synchronized void stop() {
        loop.stop(STOP_TIMEOUT);
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
            if (open.hasNextAvailable(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                TrackedEventMessage<?> event = open.nextAvailable();
                position = new Position(event.trackingToken());
                pass(event);
            }
        } catch (RuntimeException | Error e) {
            interruptions.increment();
            close();
            throw e;
        }
    }

    private BlockingStream<TrackedEventMessage<?>> open() {
        Position from = position;
        if (from == null) {
            Position found = head;
            from = found != null ? found : new Position(log.createHeadToken());
            position = from;
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
        position = null;
        close();
    }

    /** Passes an event on; one that fails must not hold back the next ones. */
    private void pass(TrackedEventMessage<?> event) {
        events.increment();
        try {
            listener.accept(event.getPayload());
        } catch (RuntimeException | Error e) {
            LOG.error("{} at {} could not be sent to subscribers", event.getPayloadType(), event.trackingToken(), e);
            outages.lost(
                    PART,
                    "A " + event.getPayloadType().getSimpleName() + " could not be sent to subscribers: "
                            + FailureReason.of(e),
                    "It is in the log and in answers to queries; pages query what they missed.");
            listener.missed(FailureReason.of(e));
        }
    }
}
