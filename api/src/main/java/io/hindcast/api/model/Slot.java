package io.hindcast.api.model;

/** A place for a live version. Pages show the slots as v1, v2, v3. */
public enum Slot {
    /** Version 1, never replaced. */
    BASELINE,
    /** The version that was current before. */
    PREVIOUS,
    /** The newest promoted version. */
    CURRENT
}
