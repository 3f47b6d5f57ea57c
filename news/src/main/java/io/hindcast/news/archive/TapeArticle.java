package io.hindcast.news.archive;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import java.util.List;

/**
 * An article of a tape, as plain text.
 *
 * @param published latest moment that its date can mean; the article is visible from then on
 */
public record TapeArticle(
        PublishedTime published, ArticleUrl url, String source, List<Symbol> symbols, String title, String summary) {}
