package io.hindcast.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.DiscoveryReceipt;
import io.hindcast.api.news.RecordArticleContent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A bus that holds articles by address, drops duplicates, and can fail. Thread-safe. */
public final class FakeNewsBus implements NewsBus {

    private final Map<ArticleId, DiscoverArticle> articles = new LinkedHashMap<>();
    private final Map<ArticleId, String> bodies = new LinkedHashMap<>();
    private int commands;
    private int failures;

    /** Makes the next commands fail. */
    public synchronized void failNext(int count) {
        failures = count;
    }

    public synchronized Map<ArticleId, DiscoverArticle> articles() {
        return new LinkedHashMap<>(articles);
    }

    public synchronized Optional<String> body(ArticleId id) {
        return Optional.ofNullable(bodies.get(id));
    }

    public synchronized int commands() {
        return commands;
    }

    @Override
    public synchronized CompletableFuture<DiscoveryReceipt> discover(DiscoverArticle command) {
        commands++;
        if (failures > 0) {
            failures--;
            return CompletableFuture.failedFuture(new IllegalStateException("the bus is unavailable"));
        }
        if (command.title().contains("REFUSED")) {
            return CompletableFuture.failedFuture(RefusedException.of("BAD_TEXT", "title", command.title(), "another"));
        }
        boolean fresh = articles.putIfAbsent(command.articleId(), command) == null;
        return CompletableFuture.completedFuture(new DiscoveryReceipt(
                command.articleId(),
                fresh ? DiscoveryReceipt.Outcome.DISCOVERED : DiscoveryReceipt.Outcome.DROPPED,
                Optional.empty()));
    }

    @Override
    public synchronized CompletableFuture<Void> record(RecordArticleContent command) {
        bodies.put(command.articleId(), command.body());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Optional<Instant>> progress(String channel) {
        return CompletableFuture.completedFuture(articles.values().stream()
                .filter(article -> article.channel().equals(channel))
                .map(article -> article.published().at())
                .max(Instant::compareTo));
    }
}
