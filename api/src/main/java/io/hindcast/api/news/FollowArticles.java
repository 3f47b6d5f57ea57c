package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;

/**
 * Subscription query: each article about a symbol as it is discovered, revised, scored and measured. Its initial answer is the symbol, its
 * updates are {@link ArticleView}s.
 */
public record FollowArticles(Symbol symbol) {}
