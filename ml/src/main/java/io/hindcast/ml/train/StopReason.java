package io.hindcast.ml.train;

/** Why a training ended. */
public enum StopReason {
    /** The validation loss had not improved for as many rounds as the patience allows. */
    NO_IMPROVEMENT,
    /** All rounds were done. */
    ALL_ROUNDS,
    /** The time budget was spent. */
    TIME_BUDGET,
    /** No tree could be split any further within the parameters. */
    NOTHING_TO_LEARN,
    /** The policy diverged too far from its reference policy. */
    KL_COLLAPSE,
    /** The policy's entropy fell too low for it to explore. */
    ENTROPY_COLLAPSE
}
