package io.hindcast.api.audit;

/** States of an audit. */
public enum AuditState {
    /** Requested, and not ended. */
    RUNNING,
    COMPLETED,
    CANCELLED,
    /** The version could not be replayed. */
    FAILED
}
