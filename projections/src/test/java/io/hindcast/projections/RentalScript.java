package io.hindcast.projections;

import io.hindcast.api.rental.MachineAvoided;
import io.hindcast.api.rental.MachineRented;
import io.hindcast.api.rental.RentalBudgetId;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.rental.RentalId;
import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.RentalLimitsSet;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.api.rental.RentalReserved;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingRunId;
import java.time.Instant;
import java.util.List;

/** Events of the rental budget. */
final class RentalScript {

    private RentalScript() {}

    /** One rental that goes on and one that has ended after its machine appeared late. */
    static void rentals(MarketScript script, TrainingRunId run, Instant at) {
        RentalOffer offer = new RentalOffer(1, 2, "RTX 3060", Usd.of("0.12"), Usd.of("0.01"));
        RentalId first = new RentalId(run, 1);
        RentalId second = new RentalId(run, 2);
        List<RentalEvent> events = List.of(
                new RentalLimitsSet(new RentalLimits(Usd.of("1"), Usd.of("10")), at),
                new RentalReserved(first, offer, Usd.of("0.25"), at, at.plusSeconds(7200)),
                new RentalEnded(first, Usd.ZERO, "its machine never appeared", at.plusSeconds(200)),
                new MachineRented(first, 900, at.plusSeconds(300)),
                new MachineAvoided(first, 2, "it appeared late", at.plusSeconds(300)),
                new RentalEnded(first, Usd.of("0.05"), "its run is over", at.plusSeconds(400)),
                new RentalLimitsSet(new RentalLimits(Usd.of("2"), Usd.of("20")), at.plusSeconds(500)),
                new RentalReserved(second, offer, Usd.of("0.25"), at.plusSeconds(500), at.plusSeconds(7700)),
                new MachineRented(second, 901, at.plusSeconds(510)));
        events.forEach(event -> script.event("RentalBudget", RentalBudgetId.ID, event));
    }
}
