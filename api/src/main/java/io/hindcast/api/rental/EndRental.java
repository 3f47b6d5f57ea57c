package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ends a rental whose machine is seen to be gone, or was never there. Repeating it changes nothing.
 *
 * @param reason one clause for people
 * @param endedAt wall-clock time
 */
public record EndRental(RentalId rental, String reason, Instant endedAt) {
    @TargetAggregateIdentifier
    public String budgetId() {
        return RentalBudgetId.ID;
    }
}
