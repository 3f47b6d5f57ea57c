package io.hindcast.feeds.news;

import io.hindcast.feeds.news.page.UnrecognisedPageException;
import io.hindcast.feeds.news.web.FetchException;

/** Somewhere articles are found. */
public interface NewsSource extends AutoCloseable {

    /** Which way its articles come, such as {@code yahoo} or {@code rss:coindesk}. */
    String channel();

    /** Looks once for what is new, and hands it in. What fails in part is reported to the reporter, what fails as a whole is thrown. */
    void collect(NewsIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException;

    @Override
    default void close() {}

    /** Where a source tells what went wrong with a single page. */
    interface Reporter {
        void failed(FetchException failure);

        void unrecognised(UnrecognisedPageException page);

        /** A source was left at a limit of ours though it may have more. */
        void limited(String what);

        /** Something that keeps the source from working until a person does something about it; said once. */
        void needs(String whatToDo);
    }
}
