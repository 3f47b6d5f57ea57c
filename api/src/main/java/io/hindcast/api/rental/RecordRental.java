package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records that the machine of a reservation exists. Accepted also after a reservation ended without a machine that
 * appeared later nevertheless, since it costs money. Repeating it changes nothing.
 *
 * @param contract number of the instance at its provider
 * @param rentedAt wall-clock time
 */
public record RecordRental(RentalId rental, long contract, Instant rentedAt) {
    @TargetAggregateIdentifier
    public String budgetId() {
        return RentalBudgetId.ID;
    }
}
