package io.hindcast.news;

import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.RecordArticleContent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The commands and the one query that this room sends.
 *
 * <p>Called from the loops of sources and players, concurrently. {@link #record} is called only after the article's
 * {@link #discover} has completed. Each call may be repeated with the same arguments when its result did not arrive.
 * Failures complete the future exceptionally or are thrown; a {@link io.hindcast.api.RefusedException} among the causes
 * is final, everything else is tried again.
 */
public interface NewsBus {

    /** Records an article, or links it to the one that it repeats. */
    CompletableFuture<DiscoveryReceipt> discover(DiscoverArticle command);

    /** Records the text of an article; completes when the command was handled. */
    CompletableFuture<Void> record(RecordArticleContent command);

    /**
     * Returns the latest time of publication among a channel's recorded articles. It may lag behind the log, never run
     * ahead of it.
     */
    CompletableFuture<Optional<Instant>> progress(String channel);
}
