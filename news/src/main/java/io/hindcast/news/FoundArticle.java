package io.hindcast.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import java.util.List;
import java.util.Optional;

/**
 * An article as a source found it.
 *
 * @param url canonical, redirects resolved
 * @param source who published it
 * @param symbols what it is about, at least one
 * @param published when, if that is known; else it counts as published when it was found
 * @param body its text, if that could be read
 */
public record FoundArticle(
        ArticleUrl url,
        String source,
        List<Symbol> symbols,
        String title,
        String summary,
        Optional<PublishedTime> published,
        Optional<String> body) {}
