package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records that the machine of a rental failed and is to be avoided. Repeating it changes nothing while the rental goes
 * on.
 *
 * @param avoidedAt wall-clock time
 */
public record AvoidMachine(RentalId rental, String reason, Instant avoidedAt) {
    @TargetAggregateIdentifier
    public String budgetId() {
        return RentalBudgetId.ID;
    }
}
