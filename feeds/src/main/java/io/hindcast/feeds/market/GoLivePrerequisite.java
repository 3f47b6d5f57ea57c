package io.hindcast.feeds.market;

import java.time.Duration;

/**
 * History beside the bars, such as articles: a market goes live when that is in, too, for its first training reads
 * both.
 */
@FunctionalInterface
public interface GoLivePrerequisite {

    /** There is no other. */
    GoLivePrerequisite NONE = atMost -> true;

    /** Waits until it is all recorded; false if that took longer than {@code atMost}. */
    boolean await(Duration atMost) throws InterruptedException;
}
