package io.hindcast.news;

import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.RecordArticleContent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The way from the news into the house: its commands and its one query. */
public interface NewsBus {

    CompletableFuture<DiscoveryReceipt> discover(DiscoverArticle command);

    /** Completes when it was handled. */
    CompletableFuture<Void> record(RecordArticleContent command);

    /** The latest time of publication among the articles that came by a channel. May lag behind the log. */
    CompletableFuture<Optional<Instant>> progress(String channel);
}
