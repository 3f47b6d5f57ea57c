package io.hindcast.api.rental;

import java.time.Instant;
import java.util.Optional;

/**
 * A rental in its read model. All times are wall-clock times.
 *
 * @param contract number of the instance at its provider; empty if it was never seen
 * @param reserved the most that it may cost
 * @param endedAt empty while it goes on
 * @param cost once it has ended
 * @param reason of its end
 */
public record RentalView(
        RentalId rental,
        RentalOffer offer,
        Optional<Long> contract,
        Usd reserved,
        Instant reservedAt,
        Optional<Instant> endedAt,
        Optional<Usd> cost,
        Optional<String> reason) {}
