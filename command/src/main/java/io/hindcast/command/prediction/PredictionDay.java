package io.hindcast.command.prediction;

import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.RecordPredictions;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of one symbol's lanes about one UTC day. A version predicts each minute once: the first prediction
 * stays, any later one is dropped. A command is accepted or refused as a whole. {@link PredictedMinutes} decides.
 */
public class PredictionDay {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private final PredictedMinutes state = new PredictedMinutes();

    /** For Axon. */
    public PredictionDay() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    PredictionsReceipt handle(RecordPredictions command) {
        Optional<PredictionsRecorded> event = state.decide(command);
        event.ifPresent(AggregateLifecycle::apply);
        int recorded = event.map(e -> e.predictions().size()).orElse(0);
        return new PredictionsReceipt(recorded, command.predictions().size() - recorded);
    }

    @EventSourcingHandler
    void on(PredictionsRecorded event) {
        aggregateId = event.predictionDay().toString();
        state.evolve(event);
    }
}
