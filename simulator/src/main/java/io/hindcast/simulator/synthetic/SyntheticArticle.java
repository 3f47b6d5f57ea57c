package io.hindcast.simulator.synthetic;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import java.time.Instant;

/** A generated article about one market, in plain text. */
public record SyntheticArticle(
        Instant published, ArticleUrl url, String source, Symbol symbol, String title, String summary) {}
