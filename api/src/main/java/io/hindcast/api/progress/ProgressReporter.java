package io.hindcast.api.progress;

/**
 * Shows the progress of long-running work, such as an import, a training or a download. The worker calls {@link #begin}
 * once for each piece of work, {@link Task#at} as often as it likes, and {@link Task#close} when it ends, whether it
 * succeeded or failed. Several pieces may be under way at once, on any thread, so implementations and their tasks are
 * thread-safe. Methods return at once and do not throw.
 */
public interface ProgressReporter {

    /**
     * Begins a piece of work.
     *
     * @param name for people, such as {@code Importing BTCUSDT}
     * @param total amount of work, above 0
     * @param unit of {@code total}, such as {@code candles} or {@code rounds}
     */
    Task begin(String name, long total, String unit);

    /** One piece of work. Closing it ends its display, complete or not; closing it again changes nothing. */
    interface Task extends AutoCloseable {

        /**
         * Reports progress.
         *
         * @param done amount done so far, 0 to the total
         * @param note short text about the state, such as a loss; may be empty
         */
        void at(long done, String note);

        @Override
        void close();
    }

    /** A reporter that shows nothing. */
    ProgressReporter NONE = (name, total, unit) -> new Task() {
        @Override
        public void at(long done, String note) {}

        @Override
        public void close() {}
    };
}
