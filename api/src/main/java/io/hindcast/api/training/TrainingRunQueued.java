package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A run is queued for a worker, with everything that a worker needs. */
@Revision("1")
public record TrainingRunQueued(TrainingRunId run, TrainingSpec spec, DatasetRef dataset, Instant queuedAt)
        implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
