package io.hindcast.api.audit;

import io.hindcast.api.market.Symbol;

/** An event of an audit. */
public sealed interface AuditEvent
        permits AuditRequested, AuditDaysCompared, AuditCompleted, AuditCancelled, AuditFailed {
    AuditId audit();

    default Symbol symbol() {
        return audit().symbol();
    }
}
