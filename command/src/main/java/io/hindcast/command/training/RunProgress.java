package io.hindcast.command.training;

import io.hindcast.api.training.RecordTrainingProgress;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingProgress;
import io.hindcast.api.training.TrainingProgressRecorded;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one training run, launch by launch in batches 1, 2, 3, …, each recorded once. It is apart from
 * {@link TrainingProgram}, whose stream would otherwise grow by hundreds of events a cycle.
 */
public class RunProgress {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private int launch;
    private int batch;

    /** For Axon. */
    public RunProgress() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordTrainingProgress command) {
        decide(command).forEach(AggregateLifecycle::apply);
    }

    private List<TrainingProgressRecorded> decide(RecordTrainingProgress command) {
        TrainingProgress next = command.progress();
        boolean later = next.launch() > launch || (next.launch() == launch && next.batch() > batch);
        return later ? List.of(new TrainingProgressRecorded(command.run(), next, command.recordedAt())) : List.of();
    }

    @EventSourcingHandler
    void on(TrainingProgressRecorded event) {
        aggregateId = TrainingProgramId.progressOf(event.run());
        launch = event.progress().launch();
        batch = event.progress().batch();
    }
}
