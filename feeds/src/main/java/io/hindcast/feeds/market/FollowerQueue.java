package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Bounded queue of a live follower's work. Any thread may offer, which never blocks; only the follower's thread takes.
 */
final class FollowerQueue {

    private static final int MOST_AT_ONCE = 1440;

    /** One piece of work. */
    sealed interface Work {

        /** Record a closed bar of the stream. */
        record Bar(Candle candle, Instant receivedAt) implements Work {}

        /** Fetch the bars that closed by {@code until} and have not arrived. */
        record FetchUntil(Instant until) implements Work {}

        record CheckOverdue() implements Work {}

        record SearchGaps() implements Work {}

        record Recheck() implements Work {}
    }

    private final BlockingQueue<Work> queue;
    private volatile boolean overflowed;
    private volatile boolean ended;

    FollowerQueue(int bound) {
        this.queue = new ArrayBlockingQueue<>(bound);
    }

    /** Adds work; if the queue is full it is dropped, which {@link #takeOverflow} reports. */
    void offer(Work work) {
        if (!ended && !queue.offer(work)) {
            overflowed = true;
        }
    }

    /** Drops all work, now and later. */
    void end() {
        ended = true;
        queue.clear();
    }

    /** Drops all work so far. */
    void clear() {
        queue.clear();
        overflowed = false;
    }

    /** Waits for work and returns all that is there by then, in order and limited in number. */
    List<Work> take() throws InterruptedException {
        List<Work> batch = new ArrayList<>();
        batch.add(queue.take());
        queue.drainTo(batch, MOST_AT_ONCE - 1);
        return batch;
    }

    /** Returns whether work was dropped since the last call. */
    boolean takeOverflow() {
        boolean was = overflowed;
        if (was) {
            overflowed = false;
        }
        return was;
    }
}
