package io.hindcast.api.market;

/** The state of missing bars. */
public enum GapState {
    /** Still missing. */
    OPEN,
    /** Recorded since. */
    REPAIRED,
    /** The exchange has none. */
    CONFIRMED
}
