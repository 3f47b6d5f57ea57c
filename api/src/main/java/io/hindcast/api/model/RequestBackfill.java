package io.hindcast.api.model;

import io.hindcast.api.WellFormedText;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Requests that the bars or texts be computed from the log that a version with a lane has no prediction of. Changes
 * nothing while a backfill of that version is pending.
 *
 * @param requestedAt market time; what became known later is left to the lane
 */
public record RequestBackfill(
        @TargetAggregateIdentifier ModelId model, int number, String reason, Instant requestedAt) {
    public RequestBackfill {
        reason = WellFormedText.of(reason);
    }
}
