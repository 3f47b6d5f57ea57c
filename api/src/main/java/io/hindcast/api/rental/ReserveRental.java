package io.hindcast.api.rental;

import java.time.Duration;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reserves the most that a rental may cost, before its machine is rented. Refused if that passes a limit. Repeating it
 * changes nothing.
 *
 * @param atMost longest time until the machine is destroyed
 * @param reservedAt wall-clock time
 */
public record ReserveRental(RentalId rental, RentalOffer offer, Duration atMost, Instant reservedAt) {
    @TargetAggregateIdentifier
    public String budgetId() {
        return RentalBudgetId.ID;
    }
}
