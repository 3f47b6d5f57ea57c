package io.hindcast.feeds.market;

import java.time.Instant;

/**
 * Position of a live follower in the sequence of bars. Only {@link #next()} may be called from another thread than the
 * follower's.
 */
final class FollowPosition {

    private volatile Instant next = Instant.EPOCH;
    private Instant acknowledged = Instant.EPOCH;

    /** Returns the open time of the bar expected next: all before it were received or are known to be missing. */
    Instant next() {
        return next;
    }

    /** Returns the open time of the bar to fetch first if everything sent but not acknowledged were lost. */
    Instant acknowledged() {
        return acknowledged;
    }

    /** Moves on to a bar before which everything is recorded or known to be missing. */
    void recordedUpTo(Instant openTime) {
        next = openTime;
        acknowledged = openTime;
    }

    /** Moves on past a bar that was received and is not recorded yet. */
    void received(Instant openTime) {
        next = openTime.plus(MinuteRange.BAR);
    }

    /** Marks everything received as recorded. */
    void acknowledge() {
        acknowledged = next;
    }

    /** Goes back to the first bar that is not acknowledged. */
    void rewind() {
        next = acknowledged;
    }
}
