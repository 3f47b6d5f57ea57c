package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Sets the limits of spending. Repeating it changes nothing.
 *
 * @param setAt wall-clock time
 */
public record SetRentalLimits(RentalLimits limits, Instant setAt) {
    @TargetAggregateIdentifier
    public String budgetId() {
        return RentalBudgetId.ID;
    }
}
