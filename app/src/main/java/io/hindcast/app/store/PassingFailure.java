package io.hindcast.app.store;

/**
 * Why a command failed that may well succeed when it is sent again. Over Axon Server it travels as the failure's
 * details, because exception classes do not.
 */
public enum PassingFailure {
    /**
     * Two writers met in one aggregate. About 2 seconds of pauses: writers that still collide after that are not just
     * unlucky.
     */
    CONFLICT(9),
    /**
     * What is needed is away for a moment. About a minute of pauses: a store or a process that restarts is back by
     * then.
     */
    OUTAGE(36);

    private final int attempts;

    PassingFailure(int attempts) {
        this.attempts = attempts;
    }

    /** How many times a command that failed like this may be sent again. */
    int attempts() {
        return attempts;
    }
}
