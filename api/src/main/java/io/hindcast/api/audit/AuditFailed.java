package io.hindcast.api.audit;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * The version cannot be replayed.
 *
 * @param reason with what would have to be done
 * @param failedAt market time
 */
@Revision("1")
public record AuditFailed(AuditId audit, String reason, Instant failedAt) implements AuditEvent {}
