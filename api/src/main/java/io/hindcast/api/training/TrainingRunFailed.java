package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A run failed. */
@Revision("1")
public record TrainingRunFailed(TrainingRunId run, TrainingFailure failure, Instant failedAt) implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
