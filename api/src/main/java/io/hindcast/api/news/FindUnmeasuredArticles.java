package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: articles about a symbol whose market's reaction is not known, published up to and including a moment, oldest
 * first. Answered by {@link UnmeasuredArticles}; may lag behind the log.
 *
 * @param after the last one seen
 * @param first wanted at most, 1 to 500
 */
public record FindUnmeasuredArticles(
        Symbol symbol, Instant publishedBy, Optional<UnmeasuredArticle> after, int first) {}
