package io.hindcast.training;

import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunSucceeded;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads the stream of a symbol's training program. */
final class TrainingProgramLog {
    private final EventStore events;

    TrainingProgramLog(EventStore events) {
        this.events = events;
    }

    /** Returns whether the log contains the success or failure of a run. */
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
