package io.hindcast.api.model;

import io.hindcast.api.WellFormedText;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Gives up the pending backfill of a version for a reason; a promotion goes on without it. */
public record GiveUpBackfill(@TargetAggregateIdentifier ModelId model, int number, String reason, Instant givenUpAt) {
    public GiveUpBackfill {
        reason = WellFormedText.of(reason);
    }
}
