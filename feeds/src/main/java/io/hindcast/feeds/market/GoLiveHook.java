package io.hindcast.feeds.market;

import java.time.Instant;
import java.util.List;

/**
 * Steps of going live at which a simulated exchange has to act; a real exchange has not. {@link FeedService} calls
 * {@link #beforeStreams} first and {@link #live} at most once, between its start and stop. An exception fails the step,
 * which is repeated.
 */
public interface GoLiveHook {

    /** Does nothing: the exchange runs on its own. */
    GoLiveHook NONE = new GoLiveHook() {
        @Override
        public void beforeStreams(List<Instant> continueAt) {}

        @Override
        public boolean streaming() {
            return true;
        }

        @Override
        public void live() {}
    };

    /**
     * Called on the feed's start-up thread before any stream is opened and any history is imported.
     *
     * @param continueAt market times at which the symbols held already continue; empty on the first start
     */
    void beforeStreams(List<Instant> continueAt);

    /** Returns whether the exchange has accepted a stream; asked repeatedly before {@link #live()}, from any thread. */
    boolean streaming();

    /** Called when each symbol is live or out of service and at least one is live, on the thread of the last symbol. */
    void live();
}
