package io.hindcast.api.audit;

import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records compared days of an audit; those recorded before are dropped.
 *
 * @param comparedAt market time
 */
public record RecordAuditDays(@TargetAggregateIdentifier AuditId audit, List<AuditDay> days, Instant comparedAt) {
    public RecordAuditDays {
        days = List.copyOf(days);
    }
}
