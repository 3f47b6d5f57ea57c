package io.hindcast.api.model;

/** Where a version is in its life. */
public enum VersionState {
    /** Trained and stored, not live. */
    REGISTERED,
    /** The lanes are taking it in. */
    PROMOTING,
    /** In a slot. */
    LIVE,
    /** Out of the slots, its artifact kept. */
    ARCHIVED,
    /** Its artifact may be gone; what it said stays. */
    PURGED,
    /** Its promotion was given up. */
    ABANDONED
}
