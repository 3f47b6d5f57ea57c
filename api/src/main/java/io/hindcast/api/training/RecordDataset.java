package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records the dataset of the running cycle, which is stored already. Repeating it changes nothing; another dataset for
 * the same cycle is refused.
 *
 * @param recordedAt market time
 */
public record RecordDataset(Symbol symbol, int cycle, DatasetRef dataset, Instant recordedAt) {
    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
