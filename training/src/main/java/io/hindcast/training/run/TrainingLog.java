package io.hindcast.training.run;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingRunId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Reads the latest cycle of a symbol's training program from the log. Every answer includes the events stored until
 * then, whichever process stored them; after the first one it costs a query for new events. Thread-safe.
 */
public final class TrainingLog {

    private final EventStore events;
    private final Map<Symbol, Position> known = new HashMap<>();

    public TrainingLog(EventStore events) {
        this.events = events;
    }

    /** State after the event of a sequence. */
    private record Position(CycleState state, long sequence) {}

    /** Returns the latest cycle. */
    public synchronized CycleState cycle(Symbol symbol) {
        Position position = known.getOrDefault(symbol, new Position(CycleState.NONE, -1));
        CycleState state = position.state();
        long sequence = position.sequence();
        DomainEventStream stream = events.readEvents(TrainingProgramId.of(symbol), sequence + 1);
        while (stream.hasNext()) {
            DomainEventMessage<?> event = stream.next();
            if (TrainingEvent.class.isAssignableFrom(event.getPayloadType())) {
                state = state.after((TrainingEvent) event.getPayload());
            }
            sequence = event.getSequenceNumber();
        }
        if (sequence > position.sequence()) {
            known.put(symbol, new Position(state, sequence));
        }
        return state;
    }

    /** Returns a run; empty unless it is one of the latest cycle. */
    public Optional<RunState> run(TrainingRunId run) {
        return Optional.ofNullable(cycle(run.symbol()).runs().get(run));
    }
}
