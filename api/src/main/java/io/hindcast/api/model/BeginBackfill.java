package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports the extent of a pending backfill, whose days are computed from now on. Repeating it changes nothing.
 *
 * @param from first moment to be covered, the start of a UTC day
 * @param to last moment to be covered; market time
 * @param days UTC days to be covered
 */
public record BeginBackfill(
        @TargetAggregateIdentifier ModelId model, int number, Instant from, Instant to, int days, Instant begunAt) {}
