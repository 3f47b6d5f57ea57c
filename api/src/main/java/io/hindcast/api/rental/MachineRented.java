package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A reserved machine exists at its provider and costs money.
 *
 * @param contract number of the instance at its provider
 * @param rentedAt wall-clock time at which it was first seen
 */
@Revision("1")
public record MachineRented(RentalId rental, long contract, Instant rentedAt) implements RentalEvent {}
