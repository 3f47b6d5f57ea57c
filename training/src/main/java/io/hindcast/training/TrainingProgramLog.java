package io.hindcast.training;

import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunSucceeded;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** A symbol's training program as its stream has it. */
final class TrainingProgramLog {
    private final EventStore events;

    TrainingProgramLog(EventStore events) {
        this.events = events;
    }

    /** Whether the log holds an end of this run, good or bad. */
    boolean hasEnded(TrainingRunId run) {
        DomainEventStream stream = events.readEvents(TrainingProgramId.of(run.symbol()), 0);
        while (stream.hasNext()) {
            switch (stream.next().getPayload()) {
                case TrainingRunSucceeded e
                when e.run().equals(run) -> {
                    return true;
                }
                case TrainingRunFailed e
                when e.run().equals(run) -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }
}
