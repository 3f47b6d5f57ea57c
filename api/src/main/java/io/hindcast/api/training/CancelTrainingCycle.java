package io.hindcast.api.training;

import io.hindcast.api.WellFormedText;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Cancels a running cycle: its unfinished runs fail with this reason. Versions registered from its other runs stay.
 * Repeating it changes nothing.
 *
 * @param by a person, or the deadline that passed
 * @param reason for people
 * @param cancelledAt market time
 */
public record CancelTrainingCycle(Symbol symbol, int cycle, String by, String reason, Instant cancelledAt) {
    public CancelTrainingCycle {
        by = WellFormedText.of(by);
        reason = WellFormedText.of(reason);
    }

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
