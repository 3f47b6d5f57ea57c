package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A run waits for a worker; everything that one needs is here. */
@Revision("1")
public record TrainingRunQueued(
        TrainingRunId run, LabelSpec label, Instant dataFrom, Instant dataTo, long seed, Instant queuedAt)
        implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
