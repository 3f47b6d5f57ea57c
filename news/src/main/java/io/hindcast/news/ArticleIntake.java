package io.hindcast.news;

import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.text.PlainText;
import io.hindcast.runtime.BoundedMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Receives the articles that sources collect: sets the time at which they were first seen and sends them. Remembers the
 * processed links, so that sources need not fetch the same pages every time; a forgotten one costs a request, never a
 * second article. Thread-safe.
 */
public final class ArticleIntake {

    private static final int LINKS_KEPT = 5_000;

    private final ArticleSender sender;
    private final InstantSource marketClock;
    private final Map<String, String> processed = new BoundedMap<>(LINKS_KEPT);

    public ArticleIntake(ArticleSender sender, InstantSource marketClock) {
        this.sender = sender;
        this.marketClock = marketClock;
    }

    /** Returns the market time. */
    public Instant now() {
        return marketClock.instant();
    }

    /**
     * Returns whether a link still has to be processed.
     *
     * @param description text that the source shows beside the link; a changed one makes the link new again
     */
    public boolean isNew(String channel, ArticleUrl link, String description) {
        synchronized (processed) {
            return !description.equals(processed.get(channel + ' ' + link));
        }
    }

    /** Records that a link needs no further processing while its description stays the same. */
    public void markProcessed(String channel, ArticleUrl link, String description) {
        synchronized (processed) {
            processed.put(channel + ' ' + link, description);
        }
    }

    /**
     * Sends an article that was collected just now.
     *
     * @return false if the article was refused
     * @throws IllegalStateException if it could not be recorded
     */
    public boolean accept(String channel, CollectedArticle article) throws InterruptedException {
        Instant seen = now();
        DiscoverArticle command = new DiscoverArticle(
                article.url(),
                channel,
                PlainText.shortened(article.source(), 100),
                article.symbols(),
                article.title(),
                article.summary(),
                article.published().orElse(PublishedTime.estimated(seen)).seenAt(seen),
                ArticleOrigin.LIVE,
                seen);
        return sender.send(command, article.body().filter(body -> !body.isBlank()));
    }
}
