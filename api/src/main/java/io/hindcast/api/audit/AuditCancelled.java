package io.hindcast.api.audit;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An audit was cancelled; the days compared before stay.
 *
 * @param cancelledAt market time
 */
@Revision("1")
public record AuditCancelled(AuditId audit, String reason, Instant cancelledAt) implements AuditEvent {}
