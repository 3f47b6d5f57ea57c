package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;

/**
 * Subscription query for articles about a symbol as they are discovered, revised, scored and measured. Its initial
 * answer is the symbol, its updates are {@link ArticleChange}s. A correction goes to the subscribers of all symbols,
 * because its event does not contain the article's symbols.
 */
public record FollowArticles(Symbol symbol) {}
