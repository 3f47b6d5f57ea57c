package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A physical machine failed and is not rented again for some time.
 *
 * @param machine number of the physical machine at its provider
 * @param avoidedAt wall-clock time
 */
@Revision("1")
public record MachineAvoided(RentalId rental, long machine, String reason, Instant avoidedAt) implements RentalEvent {}
