package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Reports that the past of a version is complete. Repeating it changes nothing. */
public record CompleteBackfill(
        @TargetAggregateIdentifier ModelId model, int number, Backfill backfill, Instant completedAt) {}
