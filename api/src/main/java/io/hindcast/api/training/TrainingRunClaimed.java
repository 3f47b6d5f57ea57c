package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A worker works on a run from now on; the run's timeout begins.
 *
 * @param claim number of this claim of the run, from 1
 * @param worker name that is unique to a process and its start
 * @param claimedAt market time
 */
@Revision("1")
public record TrainingRunClaimed(TrainingRunId run, int claim, String worker, Instant claimedAt)
        implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
