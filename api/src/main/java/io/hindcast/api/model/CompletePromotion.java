package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Shifts the slots to a version whose lane has joined and whose backfill is completed or given up. Repeating it changes
 * nothing.
 */
public record CompletePromotion(@TargetAggregateIdentifier ModelId model, int number, Instant shiftedAt) {}
