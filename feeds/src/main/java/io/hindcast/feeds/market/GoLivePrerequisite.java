package io.hindcast.feeds.market;

import java.time.Duration;

/**
 * Something that must be recorded before a market goes live, such as the articles of its past, which its first training
 * reads together with its bars.
 */
@FunctionalInterface
public interface GoLivePrerequisite {

    /** No prerequisite. */
    GoLivePrerequisite NONE = atMost -> true;

    /**
     * Waits until everything is recorded. Called by each symbol's own thread before it goes live and after a restart,
     * so possibly several times and at once; an exception fails the symbol's turn, which is repeated.
     *
     * @param atMost longest wait in wall time
     * @return false if that was not enough; the market goes live all the same
     */
    boolean await(Duration atMost) throws InterruptedException;
}
