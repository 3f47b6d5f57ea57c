package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records that the dataset of the running cycle could not be sliced, so that none of its runs can begin. Repeating it
 * changes nothing.
 *
 * @param failedAt market time
 */
public record FailDataset(Symbol symbol, int cycle, TrainingFailure failure, Instant failedAt) {
    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
