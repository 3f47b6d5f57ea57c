package io.hindcast.app.metrics;

import io.hindcast.projections.ReadModelOperations;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Measures how far each event processor of this process is behind the log. Thread-safe. */
public final class ProcessorLag {

    private static final long FRESH_NANOS = 1_000_000_000L;

    private final EventStore log;
    private final EventProcessingConfiguration processing;
    private final @Nullable ReadModelOperations readModels;
    private Map<String, Status> latest = Map.of();
    private long readAt;

    public ProcessorLag(
            EventStore log, EventProcessingConfiguration processing, @Nullable ReadModelOperations readModels) {
        this.log = log;
        this.processing = processing;
        this.readModels = readModels;
    }

    /**
     * Status of a processor.
     *
     * @param behind number of events in the log that it has not handled; an upper bound, since gaps in the numbering
     *     count
     * @param failing whether it failed and is retrying
     * @param running whether it runs in this process
     */
    public record Status(long behind, boolean failing, boolean running) {}

    /** Returns each processor's status by name, refreshed at most once a second. */
    public synchronized Map<String, Status> statuses() {
        long now = System.nanoTime();
        if (readAt == 0 || now - readAt > FRESH_NANOS) {
            latest = read();
            readAt = now;
        }
        return latest;
    }

    private Map<String, Status> read() {
        TrackingToken token = log.createHeadToken();
        long head = token == null ? 0 : token.position().orElse(0);
        Map<String, Status> statuses = new LinkedHashMap<>();
        processing.eventProcessors().forEach((name, processor) -> {
            if (processor instanceof StreamingEventProcessor streaming) {
                statuses.put(name, status(streaming, head));
            }
        });
        if (readModels != null) {
            for (StreamingEventProcessor processor : readModels.processors()) {
                statuses.put(processor.getName(), status(processor, head));
            }
        }
        return statuses;
    }

    private static Status status(StreamingEventProcessor processor, long head) {
        Collection<EventTrackerStatus> segments = processor.processingStatus().values();
        long slowest = segments.stream()
                .map(EventTrackerStatus::getCurrentPosition)
                .mapToLong(position -> position.orElse(0))
                .min()
                .orElse(0);
        boolean failing = segments.stream().anyMatch(EventTrackerStatus::isErrorState);
        return new Status(Math.max(0, head - slowest), failing, processor.isRunning() && !segments.isEmpty());
    }

    /** Returns the lag of one processor, or empty if it is not in this process. */
    OptionalLong behind(String processor) {
        Status status = statuses().get(processor);
        return status == null ? OptionalLong.empty() : OptionalLong.of(status.behind());
    }
}
