package io.hindcast.api.audit;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Completes an audit of which all days are compared.
 *
 * @param completedAt market time
 */
public record CompleteAudit(@TargetAggregateIdentifier AuditId audit, Instant completedAt) {}
