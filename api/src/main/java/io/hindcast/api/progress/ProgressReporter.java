package io.hindcast.api.progress;

/** Where long work (an import, a training, a download) shows how far it is. Implementations are thread-safe. */
public interface ProgressReporter {

    /**
     * Begins a piece of work.
     *
     * @param name for people, such as {@code Importing BTCUSDT}
     * @param total how much there is to do, above 0
     * @param unit of {@code total}, such as {@code candles} or {@code rounds}
     */
    Task begin(String name, long total, String unit);

    /** One piece of work; closing it ends its display, done or not. */
    interface Task extends AutoCloseable {

        /** Says that {@code done} of the total are done; a short note may say how well it goes. */
        void at(long done, String note);

        @Override
        void close();
    }

    /** Shows nothing. */
    ProgressReporter NONE = (name, total, unit) -> new Task() {
        @Override
        public void at(long done, String note) {}

        @Override
        public void close() {}
    };
}
