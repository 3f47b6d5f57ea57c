package io.hindcast.api.training;

import io.hindcast.api.RefusedException;
import io.hindcast.api.WellFormedText;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Cancels a running cycle: its unfinished runs fail with this reason. Versions registered from its other runs stay.
 * Repeating it changes nothing.
 *
 * @param by a person, or the deadline that passed
 * @param reason for people, 1 to 500 characters
 * @param cancelledAt market time
 */
public record CancelTrainingCycle(Symbol symbol, int cycle, String by, String reason, Instant cancelledAt) {
    public CancelTrainingCycle {
        by = WellFormedText.of(by);
        reason = WellFormedText.of(reason).strip();
        if (reason.isEmpty() || reason.length() > 500) {
            throw RefusedException.of(
                    "BAD_REASON",
                    "reason for cancelling cycle " + cycle + " of " + symbol,
                    reason.length() + " characters",
                    "1 to 500");
        }
    }

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
