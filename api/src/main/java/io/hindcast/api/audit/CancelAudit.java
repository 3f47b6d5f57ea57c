package io.hindcast.api.audit;

import io.hindcast.api.WellFormedText;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Cancels an audit. Changes nothing after its end.
 *
 * @param cancelledAt market time
 */
public record CancelAudit(@TargetAggregateIdentifier AuditId audit, String reason, Instant cancelledAt) {
    public CancelAudit {
        reason = WellFormedText.of(reason);
    }
}
