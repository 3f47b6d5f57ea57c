package io.hindcast.command.rental;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.rental.EndRental;
import io.hindcast.api.rental.RecordRental;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.rental.RentalId;
import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.api.rental.ReserveRental;
import io.hindcast.api.rental.SetRentalLimits;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Money after any sequence of commands, sensible or not, as long as machines are gone within their time. */
class RentalBudgetPropertiesTest {

    private static final Instant START = Instant.parse("2026-01-30T00:00:00Z");
    private static final Duration ATMOST = Duration.ofHours(2);
    private static final RentalLimits LIMITS = new RentalLimits(Usd.of("1.50"), Usd.of("4"));

    /** One command about a run, some minutes after the one before. */
    record Step(int action, int cycle, ModelFamily family, int number, int minutes, int cents) {}

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(ModelFamily.class),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.integers().between(1, 60))
                .as(Step::new);
    }

    @Property(tries = 500)
    void spendingNeverPassesALimit(@ForAll @Size(max = 120) List<@net.jqwik.api.From("steps") Step> steps) {
        RentalBudgetState state = RentalBudgetState.EMPTY;
        state = after(state, state.decide(new SetRentalLimits(LIMITS, START)));
        Instant now = START;
        Map<String, Usd> cycles = new HashMap<>();
        Map<YearMonth, Usd> months = new HashMap<>();
        for (Step step : steps) {
            now = now.plus(Duration.ofMinutes(step.minutes()));
            state = endOverdue(state, now);
            RentalId id = new RentalId(
                    new TrainingRunId(new Symbol("BTCUSDT"), step.cycle(), step.family(), 1), step.number());
            try {
                state = after(state, decide(state, step, id, now));
            } catch (RefusedException refused) {
                // Refusals change nothing.
            }
            check(state, cycles, months, now);
        }
    }

    private static List<RentalEvent> decide(RentalBudgetState state, Step step, RentalId id, Instant now) {
        return switch (step.action()) {
            case 0, 1 -> {
                Usd price = Usd.of("0.0" + (step.cents() % 10)).plus(Usd.of("0." + step.cents()));
                RentalOffer offer = new RentalOffer(1, 2, "gpu", price, Usd.of("0.01"));
                yield state.decide(new ReserveRental(id, offer, ATMOST, now));
            }
            case 2, 3 -> state.open().containsKey(id) ? state.decide(new RecordRental(id, 1, now)) : List.of();
            default -> state.decide(new EndRental(id, "over", now));
        };
    }

    /** The platform destroys a machine within its time. */
    private static RentalBudgetState endOverdue(RentalBudgetState state, Instant now) {
        RentalBudgetState next = state;
        for (Rental rental : state.open().values()) {
            Instant latest = rental.reserved().reservedAt().plus(ATMOST);
            if (!latest.isAfter(now)) {
                next = after(next, next.decide(new EndRental(rental.reserved().rental(), "overdue", latest)));
            }
        }
        return next;
    }

    private static RentalBudgetState after(RentalBudgetState state, List<RentalEvent> events) {
        RentalBudgetState next = state;
        for (RentalEvent event : events) {
            next = next.evolve(event);
        }
        return next;
    }

    private static void check(
            RentalBudgetState state, Map<String, Usd> cycles, Map<YearMonth, Usd> months, Instant now) {
        for (int cycle = 1; cycle <= 4; cycle++) {
            String key = "BTCUSDT/" + cycle;
            assertThat(state.committedIn(key)).isLessThanOrEqualTo(LIMITS.cycle());
            Usd spent = state.byCycle().getOrDefault(key, Usd.ZERO);
            assertThat(spent).isGreaterThanOrEqualTo(cycles.getOrDefault(key, Usd.ZERO));
            cycles.put(key, spent);
        }
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        for (YearMonth one : List.of(month, month.minusMonths(1))) {
            assertThat(state.committedIn(one)).isLessThanOrEqualTo(LIMITS.month());
            Usd spent = state.byMonth().getOrDefault(one, Usd.ZERO);
            assertThat(spent).isGreaterThanOrEqualTo(months.getOrDefault(one, Usd.ZERO));
            months.put(one, spent);
        }
        assertThat(state.open().keySet().stream().map(RentalId::run)).doesNotHaveDuplicates();
    }
}
