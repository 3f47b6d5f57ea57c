package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A rented machine is gone, or was never there; its reservation is free.
 *
 * @param cost from the reservation to the end at the agreed price, with the expected traffic; zero if it was never
 *     there
 * @param endedAt wall-clock time
 */
@Revision("1")
public record RentalEnded(RentalId rental, Usd cost, String reason, Instant endedAt) implements RentalEvent {}
