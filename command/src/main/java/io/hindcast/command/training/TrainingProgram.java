package io.hindcast.command.training;

import io.hindcast.api.training.CancelTrainingCycle;
import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.CompleteTrainingRun;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.FailDataset;
import io.hindcast.api.training.FailTrainingRun;
import io.hindcast.api.training.LaunchTrainingRun;
import io.hindcast.api.training.PurgeDataset;
import io.hindcast.api.training.QueueTrainingRun;
import io.hindcast.api.training.RecordDataset;
import io.hindcast.api.training.ReleaseTrainingRun;
import io.hindcast.api.training.RepeatTrainingRun;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingProgramId;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A symbol's training: one cycle at a time, numbered from 1. In it each family has one run at a time, attempts 1, 2, 3,
 * … until one succeeds; a run ends once, as succeeded or failed, and the cycle ends when none is running.
 *
 * <p>Every command may be repeated; a repetition changes nothing. {@link TrainingProgramState} decides.
 */
public class TrainingProgram {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private TrainingProgramState state = TrainingProgramState.EMPTY;

    /** For Axon. */
    public TrainingProgram() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    int handle(RequestTrainingCycle command) {
        apply(state.decide(command));
        return state.number();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(QueueTrainingRun command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(ClaimTrainingRun command) {
        apply(state.decide(command));
        return state.isClaimedBy(command.run(), command.worker());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReleaseTrainingRun command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CompleteTrainingRun command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(FailTrainingRun command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndTrainingCycle command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordDataset command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(FailDataset command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(LaunchTrainingRun command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CancelTrainingCycle command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    int handle(RepeatTrainingRun command) {
        apply(state.decide(command));
        return state.number();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PurgeDataset command) {
        apply(state.decide(command));
    }

    private static void apply(List<TrainingEvent> events) {
        events.forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(TrainingEvent event) {
        aggregateId = TrainingProgramId.of(event.symbol());
        state = state.evolve(event);
    }
}
