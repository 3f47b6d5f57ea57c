package io.hindcast.api.model;

/** The state of a version. */
public enum VersionState {
    /** Trained and stored, not live. */
    REGISTERED,
    /** The lanes load it. */
    PROMOTING,
    /** In a slot. */
    LIVE,
    /** Out of the slots, its artifact kept. */
    ARCHIVED,
    /** Its artifact may be deleted; its predictions stay. */
    PURGED,
    /** Its promotion was abandoned. */
    ABANDONED
}
