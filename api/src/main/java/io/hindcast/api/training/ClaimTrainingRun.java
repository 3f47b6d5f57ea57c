package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * A worker's word that it begins to work on a started run. Repeated by the same process it changes nothing; from
 * another process it means that the one before died in the middle of the run: after {@value #MAX_CRASHES} deaths the
 * run fails instead. Answered by whether the worker may go on.
 *
 * @param worker unique to a process and its start
 * @param claimedAt market time
 */
public record ClaimTrainingRun(Symbol symbol, TrainingRunId run, String worker, Instant claimedAt) {

    /** How many worker processes may die of one run. */
    public static final int MAX_CRASHES = 3;

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
