package io.hindcast.projections.rental;

import io.hindcast.api.rental.MachineAvoided;
import io.hindcast.api.rental.MachineRented;
import io.hindcast.api.rental.RentalBudgetId;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.rental.RentalLimitsSet;
import io.hindcast.api.rental.RentalReserved;
import io.hindcast.projections.JsonColumn;
import io.hindcast.readmodel.TableWriter;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Writes rentals and the limits of their cost. These events are rare, so each is written at once. */
public final class RentalProjection {

    private final TableWriter tables;

    public RentalProjection(TableWriter tables) {
        this.tables = tables;
    }

    public void on(RentalEvent event) {
        switch (event) {
            case RentalLimitsSet set -> setLimits(set);
            case RentalReserved reserved -> insert(reserved);
            case MachineRented rented -> setContract(rented);
            case RentalEnded ended -> end(ended);
            case MachineAvoided _ -> {
                // Only the next choice of a machine depends on it.
            }
        }
    }

    private void setLimits(RentalLimitsSet event) {
        tables.update(
                """
                insert into @rental_limits (budget, cycle, month) values (?, ?, ?)
                on conflict (budget) do update set cycle = excluded.cycle, month = excluded.month
                """,
                RentalBudgetId.ID,
                event.limits().cycle().amount(),
                event.limits().month().amount());
    }

    private void insert(RentalReserved event) {
        tables.update(
                """
                insert into @rental (rental, symbol, cycle, month, offer, reserved, reserved_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?)
                on conflict (rental) do nothing
                """,
                event.rental().toString(),
                event.rental().run().symbol().value(),
                event.rental().run().cycle(),
                YearMonth.from(event.reservedAt().atOffset(ZoneOffset.UTC)).toString(),
                JsonColumn.of(event.offer()),
                event.amount().amount(),
                event.reservedAt());
    }

    /** A machine may appear after its rental ended without it; the rental is open again then. */
    private void setContract(MachineRented event) {
        tables.update(
                "update @rental set contract = ?, ended_at = null, cost = null, reason = null where rental = ?",
                event.contract(),
                event.rental().toString());
    }

    private void end(RentalEnded event) {
        tables.update(
                "update @rental set ended_at = ?, cost = ?, reason = ? where rental = ?",
                event.endedAt(),
                event.cost().amount(),
                event.reason(),
                event.rental().toString());
    }
}
