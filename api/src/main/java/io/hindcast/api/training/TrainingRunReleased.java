package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A run waits for a worker again, since the one that worked on it was stopped.
 *
 * @param claim the one that came to nothing
 * @param releasedAt market time
 */
@Revision("1")
public record TrainingRunReleased(TrainingRunId run, int claim, Instant releasedAt) implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
