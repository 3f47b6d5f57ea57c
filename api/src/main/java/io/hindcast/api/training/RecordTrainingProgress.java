package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records a batch of a run's metrics. Repeating it, or sending an earlier batch, changes nothing.
 *
 * @param recordedAt market time
 */
public record RecordTrainingProgress(Symbol symbol, TrainingRunId run, TrainingProgress progress, Instant recordedAt) {

    /** Returns the identity of the run's progress among the aggregates: a stream of its own, which stays short. */
    @TargetAggregateIdentifier
    public String progressId() {
        return TrainingProgramId.progressOf(run);
    }
}
