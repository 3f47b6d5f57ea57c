package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query for articles about a symbol without a measured reaction, published up to and including a moment, oldest first.
 * Answered by {@link UnmeasuredArticles}; may lag behind the log.
 *
 * @param after the last article of the previous page
 * @param first most articles to return, 1 to 500
 */
public record FindUnmeasuredArticles(
        Symbol symbol, Instant publishedBy, Optional<UnmeasuredArticle> after, int first) {}
