package io.hindcast.ml.train;

/** Why no further round was done. */
public enum StopReason {
    /** The validation loss had not improved for as long as the parameters allow. */
    NO_IMPROVEMENT,
    /** All rounds were done. */
    ALL_ROUNDS,
    /** The time budget was spent. */
    TIME_BUDGET,
    /** No split was left that the parameters allow. */
    NOTHING_TO_LEARN,
    /** The policy moved too far from its reference. */
    KL_COLLAPSE,
    /** The policy became too sure of itself to explore. */
    ENTROPY_COLLAPSE
}
