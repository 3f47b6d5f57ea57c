package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;

/**
 * Subscription query: articles about a symbol as they are discovered, revised, scored and measured. Its initial answer
 * is the symbol, its updates are {@link ArticleChange}s; a correction, whose event does not say which symbols it
 * concerns, goes to all.
 */
public record FollowArticles(Symbol symbol) {}
