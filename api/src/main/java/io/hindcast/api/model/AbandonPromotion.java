package io.hindcast.api.model;

import io.hindcast.api.WellFormedText;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Abandons a promotion for a reason; the slots stay as they are. */
public record AbandonPromotion(
        @TargetAggregateIdentifier ModelId model, int number, String reason, Instant abandonedAt) {
    public AbandonPromotion {
        reason = WellFormedText.of(reason);
    }
}
