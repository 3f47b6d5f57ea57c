package io.hindcast.api.audit;

import io.hindcast.api.WellFormedText;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Requests that predictions of a version be computed again and compared with what was recorded. Changes nothing if the
 * audit was requested before.
 *
 * @param requestedAt market time
 */
public record RequestAudit(@TargetAggregateIdentifier AuditId audit, String reason, Instant requestedAt) {
    public RequestAudit {
        reason = WellFormedText.of(reason);
    }
}
