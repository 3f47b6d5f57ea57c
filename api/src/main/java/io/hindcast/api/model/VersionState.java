package io.hindcast.api.model;

/** The state of a version. */
public enum VersionState {
    /** Trained and stored; whether it is promoted is not decided yet. */
    REGISTERED,
    /** The lanes load it. */
    PROMOTING,
    /** In a slot. */
    LIVE,
    /** Not promoted automatically, for a recorded reason; a person can promote it. */
    DECLINED,
    /** Out of the slots, by later promotions or by a person; a person can promote it again. */
    ARCHIVED,
    /** Its artifact may be deleted; its predictions stay. */
    PURGED,
    /** Its promotion was abandoned; a person can promote it again. */
    ABANDONED
}
