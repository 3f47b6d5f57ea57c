package io.hindcast.command.rental;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.rental.AvoidMachine;
import io.hindcast.api.rental.EndRental;
import io.hindcast.api.rental.MachineAvoided;
import io.hindcast.api.rental.MachineRented;
import io.hindcast.api.rental.RecordRental;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.RentalId;
import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.RentalLimitsSet;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.api.rental.RentalReserved;
import io.hindcast.api.rental.ReserveRental;
import io.hindcast.api.rental.SetRentalLimits;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.command.RefusedWith;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.hamcrest.CoreMatchers;
import org.junit.jupiter.api.Test;

class RentalBudgetTest {

    private static final Instant AT = Instant.parse("2026-03-31T22:30:00Z");
    private static final Duration ATMOST = Duration.ofHours(2);
    private static final RentalLimits LIMITS = new RentalLimits(Usd.of("1.20"), Usd.of("1.70"));
    private static final RentalOffer OFFER = new RentalOffer(11, 7, "RTX 3060", Usd.of("0.25"), Usd.of("0.05"));
    private static final RentalId FIRST = rental(1, ModelFamily.LIGHTGBM, 1);
    private static final RentalId SECOND = rental(1, ModelFamily.TST, 1);
    private static final RentalId THIRD = rental(1, ModelFamily.TRL, 1);

    private final FixtureConfiguration<RentalBudget> fixture = new AggregateTestFixture<>(RentalBudget.class);

    private static RentalId rental(int cycle, ModelFamily family, int number) {
        return new RentalId(new TrainingRunId(new Symbol("BTCUSDT"), cycle, family, 1), number);
    }

    private static RentalLimitsSet limits() {
        return new RentalLimitsSet(LIMITS, AT);
    }

    private static ReserveRental reserve(RentalId id, Instant at) {
        return new ReserveRental(id, OFFER, ATMOST, at);
    }

    private static RentalReserved reserved(RentalId id, Instant at) {
        return new RentalReserved(id, OFFER, Usd.of("0.55"), at, at.plus(ATMOST));
    }

    private static MachineRented rented(RentalId id) {
        return new MachineRented(id, 900, AT);
    }

    @Test
    void limitsAreRecordedWhenTheyChange() {
        fixture.givenNoPriorActivity().when(new SetRentalLimits(LIMITS, AT)).expectEvents(limits());
        fixture.given(limits())
                .when(new SetRentalLimits(LIMITS, AT.plusSeconds(5)))
                .expectNoEvents();
    }

    @Test
    void reservesTheMostThatARentalMayCost() {
        fixture.given(limits()).when(reserve(FIRST, AT)).expectEvents(reserved(FIRST, AT));
        fixture.given(limits(), reserved(FIRST, AT)).when(reserve(FIRST, AT)).expectNoEvents();
    }

    @Test
    void refusesReservationBeyondTheCyclesLimit() {
        fixture.given(limits(), reserved(FIRST, AT), reserved(SECOND, AT))
                .when(reserve(THIRD, AT))
                .expectNoEvents()
                .expectException(RefusedWith.code("CYCLE_LIMIT"))
                .expectExceptionMessage(CoreMatchers.allOf(
                        CoreMatchers.containsString("1.1 USD spent or reserved in cycle BTCUSDT/1"),
                        CoreMatchers.containsString("at most 1.2 USD"),
                        CoreMatchers.containsString("hindcast.training.worker.vast.cycle-limit-usd")));
    }

    @Test
    void refusesReservationBeyondTheMonthsLimit() {
        RentalId nextCycle = rental(2, ModelFamily.LIGHTGBM, 1);
        RentalId sameCycle = rental(2, ModelFamily.TST, 1);
        fixture.given(limits(), reserved(FIRST, AT), reserved(SECOND, AT), reserved(nextCycle, AT))
                .when(reserve(sameCycle, AT))
                .expectNoEvents()
                .expectException(RefusedWith.code("MONTH_LIMIT"))
                .expectExceptionMessage(CoreMatchers.containsString("in month 2026-03"));
        Instant nextMonth = Instant.parse("2026-04-01T00:00:00Z");
        fixture.given(limits(), reserved(FIRST, AT), reserved(SECOND, AT), reserved(nextCycle, AT))
                .when(reserve(sameCycle, nextMonth))
                .expectEvents(reserved(sameCycle, nextMonth));
    }

    @Test
    void refusesReservationWithoutLimits() {
        fixture.givenNoPriorActivity().when(reserve(FIRST, AT)).expectException(RefusedWith.code("NO_RENTAL_LIMITS"));
    }

    @Test
    void refusesSecondMachineForARun() {
        fixture.given(limits(), reserved(FIRST, AT))
                .when(reserve(rental(1, ModelFamily.LIGHTGBM, 2), AT))
                .expectException(RefusedWith.code("RENTAL_OPEN"));
    }

    @Test
    void chargesTimeAndTrafficOfARentedMachine() {
        Instant end = AT.plus(Duration.ofMinutes(36));
        fixture.given(limits(), reserved(FIRST, AT), rented(FIRST))
                .when(new EndRental(FIRST, "its run is over", end))
                .expectEvents(new RentalEnded(FIRST, Usd.of("0.20"), "its run is over", end));
    }

    @Test
    void chargesNothingForAMachineThatNeverAppeared() {
        fixture.given(limits(), reserved(FIRST, AT))
                .when(new EndRental(FIRST, "the offer was taken", AT))
                .expectEvents(new RentalEnded(FIRST, Usd.ZERO, "the offer was taken", AT));
        RentalEnded ended = new RentalEnded(FIRST, Usd.ZERO, "the offer was taken", AT);
        fixture.given(limits(), reserved(FIRST, AT), ended)
                .when(new EndRental(FIRST, "the offer was taken", AT))
                .expectNoEvents();
    }

    @Test
    void anEndFreesTheReservation() {
        RentalEnded ended = new RentalEnded(FIRST, Usd.of("0.10"), "its run is over", AT);
        fixture.given(limits(), reserved(FIRST, AT), rented(FIRST), ended, reserved(SECOND, AT))
                .when(reserve(THIRD, AT))
                .expectEvents(reserved(THIRD, AT));
    }

    @Test
    void aMachineThatAppearsAfterTheEndCountsAgain() {
        RentalEnded ended = new RentalEnded(FIRST, Usd.ZERO, "it never appeared", AT);
        fixture.given(limits(), reserved(FIRST, AT), ended)
                .when(new RecordRental(FIRST, 900, AT))
                .expectEvents(rented(FIRST));
        Instant end = AT.plus(Duration.ofMinutes(36));
        fixture.given(limits(), reserved(FIRST, AT), ended, rented(FIRST))
                .when(new EndRental(FIRST, "an orphan", end))
                .expectEvents(new RentalEnded(FIRST, Usd.of("0.20"), "an orphan", end));
    }

    @Test
    void recordsAContractOnce() {
        fixture.given(limits(), reserved(FIRST, AT), rented(FIRST))
                .when(new RecordRental(FIRST, 900, AT.plusSeconds(1)))
                .expectNoEvents();
        fixture.given(limits(), reserved(FIRST, AT), rented(FIRST))
                .when(new RecordRental(FIRST, 901, AT))
                .expectException(RefusedWith.code("OTHER_CONTRACT"));
    }

    @Test
    void recordsAFailedMachineOnce() {
        MachineAvoided avoided = new MachineAvoided(FIRST, 7, "it did not start", AT);
        fixture.given(limits(), reserved(FIRST, AT), rented(FIRST))
                .when(new AvoidMachine(FIRST, "it did not start", AT))
                .expectEvents(avoided);
        fixture.given(limits(), reserved(FIRST, AT), rented(FIRST), avoided)
                .when(new AvoidMachine(FIRST, "it did not start", AT.plusSeconds(1)))
                .expectNoEvents();
    }

    @Test
    void refusesUnknownRentals() {
        fixture.given(limits()).when(new EndRental(FIRST, "?", AT)).expectException(RefusedWith.code("NO_SUCH_RENTAL"));
        fixture.given(limits())
                .when(new RecordRental(FIRST, 1, AT))
                .expectException(RefusedWith.code("NO_SUCH_RENTAL"));
        fixture.given(limits())
                .when(reserve(rental(1, ModelFamily.LIGHTGBM, 2), AT))
                .expectException(RefusedWith.code("BAD_RENTAL"));
    }
}
