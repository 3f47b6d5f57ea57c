package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Purges a dataset on which no version that keeps its artifact was trained: runs on it cannot be repeated any more, and
 * its objects are deleted afterwards. Refused with {@code DATASET_IN_USE} while a cycle reads it. Repeating it changes
 * nothing.
 *
 * @param digest of the dataset's manifest
 * @param purgedAt market time
 */
public record PurgeDataset(Symbol symbol, String digest, Instant purgedAt) {

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
