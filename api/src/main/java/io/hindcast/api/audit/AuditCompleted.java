package io.hindcast.api.audit;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * All days of an audit were compared.
 *
 * @param completedAt market time
 */
@Revision("1")
public record AuditCompleted(AuditId audit, AuditResult result, Instant completedAt) implements AuditEvent {}
