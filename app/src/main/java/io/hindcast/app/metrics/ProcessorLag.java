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

/** How far each event processor of this process is behind the log. */
public final class ProcessorLag {

    private static final long FRESH_NANOS = 1_000_000_000L;

    private final EventStore log;
    private final EventProcessingConfiguration processing;
    private final @Nullable ReadModelOperations readModels;
    private Map<String, Standing> latest = Map.of();
    private long lookedAt;

    public ProcessorLag(
            EventStore log, EventProcessingConfiguration processing, @Nullable ReadModelOperations readModels) {
        this.log = log;
        this.processing = processing;
        this.readModels = readModels;
    }

    /**
     * Where a processor stands.
     *
     * @param behind events of the log it has not handled; an upper bound, since gaps in the numbering count
     * @param failing whether it failed and is trying again
     * @param running whether it works at all here
     */
    public record Standing(long behind, boolean failing, boolean running) {}

    /** By processor name. Looks at the log at most once a second. */
    public synchronized Map<String, Standing> standings() {
        long now = System.nanoTime();
        if (lookedAt == 0 || now - lookedAt > FRESH_NANOS) {
            latest = look();
            lookedAt = now;
        }
        return latest;
    }

    private Map<String, Standing> look() {
        TrackingToken token = log.createHeadToken();
        long head = token == null ? 0 : token.position().orElse(0);
        Map<String, Standing> standings = new LinkedHashMap<>();
        processing.eventProcessors().forEach((name, processor) -> {
            if (processor instanceof StreamingEventProcessor streaming) {
                standings.put(name, standing(streaming, head));
            }
        });
        if (readModels != null) {
            for (StreamingEventProcessor processor : readModels.processors()) {
                standings.put(processor.getName(), standing(processor, head));
            }
        }
        return standings;
    }

    private static Standing standing(StreamingEventProcessor processor, long head) {
        Collection<EventTrackerStatus> segments = processor.processingStatus().values();
        long slowest = segments.stream()
                .map(EventTrackerStatus::getCurrentPosition)
                .mapToLong(position -> position.orElse(0))
                .min()
                .orElse(0);
        boolean failing = segments.stream().anyMatch(EventTrackerStatus::isErrorState);
        return new Standing(Math.max(0, head - slowest), failing, processor.isRunning() && !segments.isEmpty());
    }

    /** Of one processor, for a gauge; empty if it is not here. */
    OptionalLong behind(String processor) {
        Standing standing = standings().get(processor);
        return standing == null ? OptionalLong.empty() : OptionalLong.of(standing.behind());
    }
}
