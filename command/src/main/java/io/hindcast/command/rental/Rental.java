package io.hindcast.command.rental;

import io.hindcast.api.rental.RentalReserved;
import io.hindcast.api.rental.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A rental whose cost is not final.
 *
 * @param contract instance at the provider; empty as long as none was seen
 * @param avoided whether its machine is recorded as one to avoid
 */
record Rental(RentalReserved reserved, Optional<Long> contract, boolean avoided) {

    /** Returns the month to which all of the rental's cost counts: that of its reservation, UTC. */
    YearMonth month() {
        return YearMonth.from(reserved.reservedAt().atOffset(ZoneOffset.UTC));
    }

    String cycle() {
        return reserved.rental().cycle();
    }

    /** Returns the cost if the machine is gone at some time. */
    Usd costUntil(Instant end) {
        return contract.isEmpty()
                ? Usd.ZERO
                : reserved.offer()
                        .perHour()
                        .costOf(Duration.between(reserved.reservedAt(), end))
                        .plus(reserved.offer().traffic());
    }
}
