package io.hindcast.sagas.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.training.DatasetFailed;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunSucceeded;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.modelling.saga.AssociationResolver;

/**
 * Associates events with the saga of their training cycle, by the cycle's number, a run, or the run that trained a
 * version.
 */
public final class CycleAssociation implements AssociationResolver {
    /** Name of the association. */
    static final String KEY = "cycle";

    @Override
    public <T> void validate(String property, MessageHandlingMember<T> handler) {
        if (!KEY.equals(property)) {
            throw new IllegalArgumentException("association '" + property + "', expected '" + KEY + "'");
        }
    }

    @Override
    public <T> Object resolve(String property, EventMessage<?> message, MessageHandlingMember<T> handler) {
        return switch (message.getPayload()) {
            case TrainingCycleRequested e -> key(e.symbol(), e.cycle());
            case TrainingCycleEnded e -> key(e.symbol(), e.cycle());
            case TrainingCycleCancelled e -> key(e.symbol(), e.cycle());
            case DatasetRecorded e -> key(e.symbol(), e.cycle());
            case DatasetFailed e -> key(e.symbol(), e.cycle());
            case TrainingRunQueued e -> key(e.run());
            case TrainingRunClaimed e -> key(e.run());
            case TrainingRunReleased e -> key(e.run());
            case TrainingRunSucceeded e -> key(e.run());
            case TrainingRunFailed e -> key(e.run());
            case VersionRegistered e -> key(TrainingRunId.parse(e.trainingRun()));
            default ->
                throw new IllegalArgumentException(message.getPayloadType().getSimpleName() + " belongs to no cycle");
        };
    }

    private static String key(TrainingRunId run) {
        return key(run.symbol(), run.cycle());
    }

    static String key(Symbol symbol, int cycle) {
        return symbol + "/" + cycle;
    }
}
