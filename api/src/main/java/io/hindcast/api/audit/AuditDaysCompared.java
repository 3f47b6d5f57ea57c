package io.hindcast.api.audit;

import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Days of an audit were compared.
 *
 * @param days each once in an audit
 * @param comparedAt market time
 */
@Revision("1")
public record AuditDaysCompared(AuditId audit, List<AuditDay> days, Instant comparedAt) implements AuditEvent {
    public AuditDaysCompared {
        days = List.copyOf(days);
    }
}
