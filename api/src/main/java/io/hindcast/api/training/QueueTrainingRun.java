package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Queues one run of the running cycle for a worker. Repeating it changes nothing. */
public record QueueTrainingRun(Symbol symbol, TrainingRunId run, Instant queuedAt) {
    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
