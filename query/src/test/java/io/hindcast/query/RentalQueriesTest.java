package io.hindcast.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.rental.FindRentalBudget;
import io.hindcast.api.rental.FindRentals;
import io.hindcast.api.rental.MachineRented;
import io.hindcast.api.rental.RentalBudgetId;
import io.hindcast.api.rental.RentalBudgetView;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.RentalId;
import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.RentalLimitsSet;
import io.hindcast.api.rental.RentalList;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.api.rental.RentalReserved;
import io.hindcast.api.rental.RentalView;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.projections.MarketScript;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Money of rented machines, by month and by cycle. */
class RentalQueriesTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant AT = Instant.parse("2026-03-31T23:00:00Z");
    private static final Instant LATER = Instant.parse("2026-04-01T00:30:00Z");
    private static final RentalOffer OFFER = new RentalOffer(1, 2, "RTX 3060", Usd.of("0.12"), Usd.of("0.01"));
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final YearMonth APRIL = YearMonth.of(2026, 4);

    private static RentalId rental(int cycle, int number) {
        return new RentalId(new TrainingRunId(BTC, cycle, ModelFamily.TST, 1), number);
    }

    private static RentalReserved reserved(RentalId rental, Instant at) {
        return new RentalReserved(rental, OFFER, Usd.of("0.25"), at, at.plusSeconds(7200));
    }

    @Test
    void sumsSpentAndReservedMoneyOfTheMonthOfReservation() {
        try (TestQueries queries = new TestQueries()) {
            assertThat(budget(queries, MARCH))
                    .isEqualTo(new RentalBudgetView(MARCH, Usd.ZERO, Usd.ZERO, Optional.empty()));
            RentalLimits limits = new RentalLimits(Usd.of("2"), Usd.of("20"));
            MarketScript script = new MarketScript("BTCUSDT", 3);
            List.of(
                            new RentalLimitsSet(limits, AT),
                            reserved(rental(1, 1), AT),
                            new MachineRented(rental(1, 1), 900, AT),
                            new RentalEnded(rental(1, 1), Usd.of("0.19"), "its run is over", LATER),
                            reserved(rental(1, 2), LATER),
                            reserved(rental(2, 1), LATER))
                    .forEach(event -> script.event("RentalBudget", RentalBudgetId.ID, event));
            queries.publish(script.take());

            assertThat(budget(queries, MARCH))
                    .isEqualTo(new RentalBudgetView(MARCH, Usd.of("0.19"), Usd.ZERO, Optional.of(limits)));
            assertThat(budget(queries, APRIL))
                    .isEqualTo(new RentalBudgetView(APRIL, Usd.ZERO, Usd.of("0.5"), Optional.of(limits)));
            RentalList found = queries.ask(new FindRentals(BTC, 1), RentalList.class);
            assertThat(found.rentals()).extracting(RentalView::rental).containsExactly(rental(1, 1), rental(1, 2));
            RentalView ended = found.rentals().getFirst();
            assertThat(ended.contract()).contains(900L);
            assertThat(ended.cost()).contains(Usd.of("0.19"));
            assertThat(ended.offer()).isEqualTo(OFFER);
            assertThat(found.rentals().getLast().cost()).isEmpty();
        }
    }

    private static RentalBudgetView budget(TestQueries queries, YearMonth month) {
        return queries.ask(new FindRentalBudget(month), RentalBudgetView.class);
    }
}
