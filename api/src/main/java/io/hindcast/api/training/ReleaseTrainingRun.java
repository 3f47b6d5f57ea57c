package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Releases a claimed run, unfinished because the worker's process is being stopped. Repeating it changes nothing. */
public record ReleaseTrainingRun(Symbol symbol, TrainingRunId run, String worker, Instant releasedAt) {
    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
