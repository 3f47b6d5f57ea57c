package io.hindcast.training.compute.vast;

import io.hindcast.api.rental.MachineAvoided;
import io.hindcast.api.rental.MachineRented;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.rental.RentalLimitsSet;
import io.hindcast.api.rental.RentalReserved;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Rentals as their events have them. Immutable.
 *
 * @param latest rental of each run
 * @param avoided machines that failed, and when
 * @param spent on rentals that have ended, by month of their reservation (UTC)
 */
record RentalBook(Map<TrainingRunId, Entry> latest, Map<Long, Instant> avoided, Map<YearMonth, Usd> spent) {

    static final RentalBook EMPTY = new RentalBook(Map.of(), Map.of(), Map.of());

    /** Time for which a machine that failed is not rented again. */
    private static final Duration AVOIDED = Duration.ofDays(30);

    RentalBook {
        latest = Map.copyOf(latest);
        avoided = Map.copyOf(avoided);
        spent = Map.copyOf(spent);
    }

    /**
     * A rental.
     *
     * @param contract empty as long as no instance was seen
     */
    record Entry(RentalReserved reserved, Optional<Long> contract, boolean ended) {

        private YearMonth month() {
            return RentalBook.month(reserved.reservedAt());
        }

        private Entry rented(long number) {
            return new Entry(reserved, Optional.of(number), false);
        }

        private Entry end() {
            return new Entry(reserved, contract, true);
        }
    }

    static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }

    /** Returns the rental of a run that has not ended. */
    Optional<Entry> open(TrainingRunId run) {
        return Optional.ofNullable(latest.get(run)).filter(entry -> !entry.ended());
    }

    Set<TrainingRunId> open() {
        return latest.entrySet().stream()
                .filter(one -> !one.getValue().ended())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Returns the number of a run's next rental. */
    int next(TrainingRunId run) {
        Entry entry = latest.get(run);
        return entry == null ? 1 : entry.reserved().rental().number() + 1;
    }

    boolean avoids(long machine, Instant now) {
        Instant at = avoided.get(machine);
        return at != null && at.plus(AVOIDED).isAfter(now);
    }

    /** Returns what was spent and is reserved in a month. */
    Usd committed(YearMonth month) {
        return latest.values().stream()
                .filter(entry -> !entry.ended() && entry.month().equals(month))
                .map(entry -> entry.reserved().amount())
                .reduce(spent.getOrDefault(month, Usd.ZERO), Usd::plus);
    }

    RentalBook after(RentalEvent event) {
        return switch (event) {
            case RentalLimitsSet _ -> this;
            case RentalReserved reserved ->
                new RentalBook(
                        put(latest, reserved.rental().run(), new Entry(reserved, Optional.empty(), false)),
                        avoided,
                        spent);
            case MachineRented rented -> with(rented.rental().run(), entry -> entry.rented(rented.contract()));
            case MachineAvoided failed ->
                new RentalBook(latest, put(avoided, failed.machine(), failed.avoidedAt()), spent);
            case RentalEnded ended -> with(ended.rental().run(), Entry::end).spend(ended);
        };
    }

    private RentalBook spend(RentalEnded ended) {
        Entry entry = latest.get(ended.rental().run());
        if (entry == null) {
            return this;
        }
        Usd sum = spent.getOrDefault(entry.month(), Usd.ZERO).plus(ended.cost());
        return new RentalBook(latest, avoided, put(spent, entry.month(), sum));
    }

    private RentalBook with(TrainingRunId run, UnaryOperator<Entry> change) {
        Entry entry = latest.get(run);
        return entry == null ? this : new RentalBook(put(latest, run, change.apply(entry)), avoided, spent);
    }

    private static <K, V> Map<K, V> put(Map<K, V> map, K key, V value) {
        Map<K, V> next = new HashMap<>(map);
        next.put(key, value);
        return next;
    }
}
