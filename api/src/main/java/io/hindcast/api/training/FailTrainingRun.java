package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Ends a run as failed, because its worker failed or a deadline passed. Repeating it changes nothing. */
public record FailTrainingRun(Symbol symbol, TrainingRunId run, TrainingFailure failure, Instant failedAt) {
    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
