package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A worker works on a run from now on; its time begins to count.
 *
 * @param beginning 1, 2, 3, …: how often the run has been begun
 * @param worker unique to a process and its start
 * @param begunAt market time
 */
@Revision("1")
public record TrainingRunBegun(TrainingRunId run, int beginning, String worker, Instant begunAt)
        implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
