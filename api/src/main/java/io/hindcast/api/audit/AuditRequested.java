package io.hindcast.api.audit;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An audit was requested.
 *
 * @param requestedAt market time; bars and texts known shortly before it or later are left out
 */
@Revision("1")
public record AuditRequested(AuditId audit, String reason, Instant requestedAt) implements AuditEvent {}
