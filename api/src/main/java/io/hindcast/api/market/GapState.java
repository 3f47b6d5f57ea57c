package io.hindcast.api.market;

/** What became of missing bars. */
public enum GapState {
    /** Still missing. */
    OPEN,
    /** Recorded since. */
    REPAIRED,
    /** The exchange has none either. */
    CONFIRMED
}
