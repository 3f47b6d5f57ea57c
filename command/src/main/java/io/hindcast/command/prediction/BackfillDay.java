package io.hindcast.command.prediction;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.hindcast.api.prediction.BackfillEvent;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.api.prediction.RecordBackfillScores;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of one version about one UTC day that were computed from the log: of bars, or of texts for a version
 * that scores articles. Usually one event a day; further ones add bars or texts that were missing. A command is
 * accepted or refused as a whole. {@link BackfilledRows} decides.
 */
public class BackfillDay {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private final BackfilledRows state = new BackfilledRows();

    /** For Axon. */
    public BackfillDay() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    PredictionsReceipt handle(RecordBackfillDay command) {
        Optional<BackfillEvent> event = state.decide(command);
        event.ifPresent(recorded -> apply(recorded));
        return receipt(event, command.bars().size());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    PredictionsReceipt handle(RecordBackfillScores command) {
        Optional<BackfillEvent> event = state.decide(command);
        event.ifPresent(recorded -> apply(recorded));
        return receipt(event, command.scores().size());
    }

    private static PredictionsReceipt receipt(Optional<BackfillEvent> event, int rows) {
        int recorded = event.map(BackfillEvent::rows).orElse(0);
        return new PredictionsReceipt(recorded, rows - recorded);
    }

    @EventSourcingHandler
    void on(BackfillEvent event) {
        aggregateId = event.backfillDay().toString();
        state.evolve(event);
    }
}
