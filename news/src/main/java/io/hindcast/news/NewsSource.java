package io.hindcast.news;

import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.FetchException;

/**
 * A feed or site from which articles are collected.
 *
 * <p>The {@link NewsCollector} calls {@link #collect} at the start and then by its schedule, one call after the other
 * on a thread of the source's own; different sources run concurrently. {@link #close} is called once on the same
 * thread, after the last collection. Stopping interrupts the thread, and {@link #collect} then ends with an
 * {@link InterruptedException}.
 */
public interface NewsSource extends AutoCloseable {

    /**
     * Returns the name of the channel that the source's articles carry, such as {@code yahoo} or {@code rss:coindesk}.
     */
    String channel();

    /**
     * Collects once: hands every new article to the intake and returns when the source was read to its end. Failures of
     * single pages and items go to the reporter, and the collection goes on.
     *
     * @throws FetchException if the source itself could not be fetched
     * @throws UnrecognisedPageException if the source itself is not built as expected
     * @throws RuntimeException if an article could not be recorded, or for a defect; like the other two, it is reported
     *     as an outage of this source, and the next collection begins anew
     */
    void collect(ArticleIntake intake, Reporter reporter)
            throws FetchException, UnrecognisedPageException, InterruptedException;

    @Override
    default void close() {}

    /** Receives the failures of single pages and items. Called by {@link #collect} on its own thread; never throws. */
    interface Reporter {
        /** Reports a page that could not be fetched; its article is recorded without it. */
        void pageFailed(FetchException failure);

        /** Reports a page that could not be understood; its article is recorded without it. */
        void pageUnrecognised(UnrecognisedPageException page);

        /** Reports that part of the source could not be read; an outage until the source is read completely. */
        void incomplete(String problem);

        /** Reports articles whose dates are less precise than a moment; reported once a source. */
        void impreciseDates(String problem);

        /** Reports that reading stopped at a limit though the source may have more; reported once a source. */
        void limitReached(String problem);

        /** Reports that the source cannot be read until a person acts. */
        void unavailable(String problem, String remedy);
    }
}
