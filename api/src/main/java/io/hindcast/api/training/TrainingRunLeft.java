package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A run waits for a worker again, since the one that worked on it was stopped.
 *
 * @param beginning the one that came to nothing
 * @param leftAt market time
 */
@Revision("1")
public record TrainingRunLeft(TrainingRunId run, int beginning, Instant leftAt) implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
