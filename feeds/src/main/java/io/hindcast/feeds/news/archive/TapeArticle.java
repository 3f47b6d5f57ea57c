package io.hindcast.feeds.news.archive;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import java.time.Instant;
import java.util.List;

/** An article of a tape, as plain text. */
public record TapeArticle(
        Instant published, ArticleUrl url, String source, List<Symbol> symbols, String title, String summary) {}
