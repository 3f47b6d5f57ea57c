package io.hindcast.api.audit;

import io.hindcast.api.WellFormedText;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ends an audit that cannot be carried out.
 *
 * @param reason with what would have to be done
 * @param failedAt market time
 */
public record FailAudit(@TargetAggregateIdentifier AuditId audit, String reason, Instant failedAt) {
    public FailAudit {
        reason = WellFormedText.of(reason);
    }
}
