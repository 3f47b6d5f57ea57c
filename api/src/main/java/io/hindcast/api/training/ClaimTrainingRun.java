package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Claims a queued run for a worker. Repeated by the same process it changes nothing; from another process it means that
 * the previous one crashed in the middle of the run, and after {@value #MAX_CRASHES} crashes the run fails instead.
 * Answered by whether the worker may work on it.
 *
 * @param worker name that is unique to a process and its start
 * @param claimedAt market time
 */
public record ClaimTrainingRun(Symbol symbol, TrainingRunId run, String worker, Instant claimedAt) {

    /** Number of worker processes that may crash in one run. */
    public static final int MAX_CRASHES = 3;

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
