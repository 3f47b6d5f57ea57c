package io.hindcast.command.rental;

import io.hindcast.api.RefusedException;
import io.hindcast.api.rental.AvoidMachine;
import io.hindcast.api.rental.EndRental;
import io.hindcast.api.rental.MachineAvoided;
import io.hindcast.api.rental.MachineRented;
import io.hindcast.api.rental.RecordRental;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.rental.RentalId;
import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.RentalLimitsSet;
import io.hindcast.api.rental.RentalReserved;
import io.hindcast.api.rental.ReserveRental;
import io.hindcast.api.rental.SetRentalLimits;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingRunId;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The state that decisions about money depend on, and these decisions. Immutable. Spent and reserved money together
 * never pass a limit by a reservation: the most that a rental may cost is reserved before its machine is rented, and
 * the reservation lasts until the machine is seen to be gone.
 *
 * @param limits empty until they are set
 * @param open rentals that have not ended
 * @param missed rentals that ended because their machine never appeared, the latest of each run
 * @param last number of each run's latest rental; some hundred entries a year
 * @param byCycle spent on rentals that have ended
 * @param byMonth spent on rentals that have ended
 */
record RentalBudgetState(
        Optional<RentalLimits> limits,
        Map<RentalId, Rental> open,
        Map<TrainingRunId, Rental> missed,
        Map<TrainingRunId, Integer> last,
        Map<String, Usd> byCycle,
        Map<YearMonth, Usd> byMonth) {

    static final RentalBudgetState EMPTY =
            new RentalBudgetState(Optional.empty(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    RentalBudgetState {
        open = Map.copyOf(open);
        missed = Map.copyOf(missed);
        last = Map.copyOf(last);
        byCycle = Map.copyOf(byCycle);
        byMonth = Map.copyOf(byMonth);
    }

    List<RentalEvent> decide(SetRentalLimits command) {
        return limits.equals(Optional.of(command.limits()))
                ? List.of()
                : List.of(new RentalLimitsSet(command.limits(), command.setAt()));
    }

    List<RentalEvent> decide(ReserveRental command) {
        RentalId id = command.rental();
        if (open.containsKey(id)) {
            return List.of();
        }
        boolean second = open.keySet().stream().anyMatch(other -> other.run().equals(id.run()));
        if (second) {
            throw RefusedException.of("RENTAL_OPEN", "rental " + id, "a second one", "one machine for a run");
        }
        int next = last.getOrDefault(id.run(), 0) + 1;
        if (id.number() != next) {
            throw RefusedException.of("BAD_RENTAL", "rental " + id, id.number(), "number " + next + " of its run");
        }
        Usd amount = command.offer()
                .perHour()
                .costOf(command.atMost())
                .plus(command.offer().traffic());
        RentalReserved reserved = new RentalReserved(
                id,
                command.offer(),
                amount,
                command.reservedAt(),
                command.reservedAt().plus(command.atMost()));
        checkLimits(new Rental(reserved, Optional.empty(), false));
        return List.of(reserved);
    }

    private void checkLimits(Rental wanted) {
        RentalLimits most = limits.orElseThrow(() -> RefusedException.of(
                "NO_RENTAL_LIMITS", "rental " + wanted.reserved().rental(), "requested without limits", "limits"));
        String cycle = wanted.cycle();
        check("CYCLE_LIMIT", "cycle", cycle, wanted, committedIn(cycle), most.cycle());
        YearMonth month = wanted.month();
        check("MONTH_LIMIT", "month", month.toString(), wanted, committedIn(month), most.month());
    }

    private static void check(String code, String kind, String period, Rental wanted, Usd committed, Usd limit) {
        Usd amount = wanted.reserved().amount();
        if (committed.plus(amount).compareTo(limit) > 0) {
            throw RefusedException.of(
                    code,
                    "money for " + wanted.reserved().rental(),
                    amount + " beside " + committed + " spent or reserved in " + kind + " " + period,
                    "at most " + limit + " in a " + kind + "; raise it (hindcast.training.worker.vast." + kind
                            + "-limit-usd), wait, or train elsewhere (hindcast.training.worker.provider)");
        }
    }

    /** Returns what was spent and is reserved in a cycle. */
    Usd committedIn(String cycle) {
        return reserved(rental -> rental.cycle().equals(cycle)).plus(byCycle.getOrDefault(cycle, Usd.ZERO));
    }

    /** Returns what was spent and is reserved in a month. */
    Usd committedIn(YearMonth month) {
        return reserved(rental -> rental.month().equals(month)).plus(byMonth.getOrDefault(month, Usd.ZERO));
    }

    private Usd reserved(Predicate<Rental> which) {
        return open.values().stream()
                .filter(which)
                .map(rental -> rental.reserved().amount())
                .reduce(Usd.ZERO, Usd::plus);
    }

    List<RentalEvent> decide(RecordRental command) {
        Rental rental = rental(command.rental());
        if (rental.contract().isPresent()) {
            if (rental.contract().get() != command.contract()) {
                throw RefusedException.of(
                        "OTHER_CONTRACT",
                        "contract of " + command.rental(),
                        command.contract(),
                        "the recorded one, " + rental.contract().get());
            }
            return List.of();
        }
        return List.of(new MachineRented(command.rental(), command.contract(), command.rentedAt()));
    }

    List<RentalEvent> decide(AvoidMachine command) {
        Rental rental = rental(command.rental());
        return rental.avoided()
                ? List.of()
                : List.of(new MachineAvoided(
                        command.rental(), rental.reserved().offer().machine(), command.reason(), command.avoidedAt()));
    }

    List<RentalEvent> decide(EndRental command) {
        RentalId id = command.rental();
        Rental rental = open.get(id);
        if (rental == null && id.number() > last.getOrDefault(id.run(), 0)) {
            throw noSuchRental(id);
        }
        return rental == null
                ? List.of()
                : List.of(
                        new RentalEnded(id, rental.costUntil(command.endedAt()), command.reason(), command.endedAt()));
    }

    /** Returns an open rental, or one whose machine never appeared. */
    private Rental rental(RentalId id) {
        Rental rental = open.getOrDefault(id, missed.get(id.run()));
        if (rental == null || !rental.reserved().rental().equals(id)) {
            throw noSuchRental(id);
        }
        return rental;
    }

    private static RefusedException noSuchRental(RentalId id) {
        return RefusedException.of("NO_SUCH_RENTAL", "rental", id, "one that was reserved and has not ended");
    }

    RentalBudgetState evolve(RentalEvent event) {
        return switch (event) {
            case RentalLimitsSet set ->
                new RentalBudgetState(Optional.of(set.limits()), open, missed, last, byCycle, byMonth);
            case RentalReserved reserved -> reserved(reserved);
            case MachineRented rented ->
                with(new Rental(
                        rental(rented.rental()).reserved(),
                        Optional.of(rented.contract()),
                        rental(rented.rental()).avoided()));
            case MachineAvoided avoided ->
                open.containsKey(avoided.rental())
                        ? with(new Rental(
                                rental(avoided.rental()).reserved(),
                                rental(avoided.rental()).contract(),
                                true))
                        : this;
            case RentalEnded ended -> ended(ended);
        };
    }

    private RentalBudgetState reserved(RentalReserved event) {
        RentalId id = event.rental();
        RentalBudgetState next = with(new Rental(event, Optional.empty(), false));
        return new RentalBudgetState(
                limits, next.open, without(missed, id.run()), put(last, id.run(), id.number()), byCycle, byMonth);
    }

    /** Opens a rental, again if its machine appeared after it ended. */
    private RentalBudgetState with(Rental rental) {
        RentalId id = rental.reserved().rental();
        return new RentalBudgetState(limits, put(open, id, rental), without(missed, id.run()), last, byCycle, byMonth);
    }

    private RentalBudgetState ended(RentalEnded event) {
        RentalId id = event.rental();
        Rental rental = rental(id);
        return new RentalBudgetState(
                limits,
                without(open, id),
                rental.contract().isEmpty() ? put(missed, id.run(), rental) : missed,
                last,
                put(
                        byCycle,
                        rental.cycle(),
                        byCycle.getOrDefault(rental.cycle(), Usd.ZERO).plus(event.cost())),
                put(
                        byMonth,
                        rental.month(),
                        byMonth.getOrDefault(rental.month(), Usd.ZERO).plus(event.cost())));
    }

    private static <K, V> Map<K, V> put(Map<K, V> map, K key, V value) {
        Map<K, V> next = new HashMap<>(map);
        next.put(key, value);
        return next;
    }

    private static <K, V> Map<K, V> without(Map<K, V> map, K key) {
        Map<K, V> next = new HashMap<>(map);
        next.remove(key);
        return next;
    }
}
