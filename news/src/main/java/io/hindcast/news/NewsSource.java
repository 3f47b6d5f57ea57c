package io.hindcast.news;

import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.FetchException;

/** Somewhere articles are found. */
public interface NewsSource extends AutoCloseable {

    /** Which way its articles come, such as {@code yahoo} or {@code rss:coindesk}. */
    String channel();

    /**
     * Looks once for what is new, and hands it in. What fails in part is reported to the reporter, what fails as a
     * whole is thrown.
     */
    void collect(NewsIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException;

    @Override
    default void close() {}

    /** Receives the failures of single pages and items. */
    interface Reporter {
        /** Reports a page that was not to be had: its article is recorded without it. */
        void failed(FetchException failure);

        /** Reports a page that was not understood: its article is recorded without it. */
        void unrecognised(UnrecognisedPageException page);

        /** Reports how much of the source was not read, and why, until it is read whole again. */
        void incomplete(String problem);

        /** Reports that articles' dates say less than the moment; said once. */
        void dated(String problem);

        /** Reports a source left at a limit of ours though it may have more; said once. */
        void limited(String problem);

        /** Reports that the source cannot be read before a person does something about it. */
        void needs(String problem, String remedy);
    }
}
