package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * A worker's word that it leaves a run unfinished because its process is being stopped; repeating it changes nothing.
 */
public record ReleaseTrainingRun(Symbol symbol, TrainingRunId run, String worker, Instant releasedAt) {
    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
