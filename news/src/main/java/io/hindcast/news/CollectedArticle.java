package io.hindcast.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import java.util.List;
import java.util.Optional;

/**
 * An article as a source read it.
 *
 * @param url canonical address, redirects resolved
 * @param source name of the publisher
 * @param symbols markets that the article is about, at least one
 * @param published time of publication; if empty, the article counts as published when it was collected
 * @param body text of the article, if it could be read
 */
public record CollectedArticle(
        ArticleUrl url,
        String source,
        List<Symbol> symbols,
        String title,
        String summary,
        Optional<PublishedTime> published,
        Optional<String> body) {}
