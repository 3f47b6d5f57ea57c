package io.hindcast.api.rental;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * The limits of spending were set.
 *
 * @param setAt wall-clock time
 */
@Revision("1")
public record RentalLimitsSet(RentalLimits limits, Instant setAt) implements RentalEvent {}
