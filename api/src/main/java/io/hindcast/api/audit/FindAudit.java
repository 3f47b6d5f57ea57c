package io.hindcast.api.audit;

/** Query: an audit with its days. Answered by an optional {@link AuditDetails}. */
public record FindAudit(AuditId audit) {}
