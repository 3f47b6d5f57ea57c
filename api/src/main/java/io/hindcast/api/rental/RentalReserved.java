package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Money was reserved for a machine that is about to be rented.
 *
 * @param amount the most that the rental may cost
 * @param reservedAt wall-clock time
 * @param until latest time, by the wall clock, at which the machine is destroyed
 */
@Revision("1")
public record RentalReserved(RentalId rental, RentalOffer offer, Usd amount, Instant reservedAt, Instant until)
        implements RentalEvent {}
