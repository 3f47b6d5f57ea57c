package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A run is queued again because its worker was stopped.
 *
 * @param claim number of the claim that was released
 * @param releasedAt market time
 */
@Revision("1")
public record TrainingRunReleased(TrainingRunId run, int claim, Instant releasedAt) implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
