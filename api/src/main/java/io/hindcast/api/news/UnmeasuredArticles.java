package io.hindcast.api.news;

import java.util.List;

/** Articles whose market's reaction is not known, oldest first. */
public record UnmeasuredArticles(List<UnmeasuredArticle> articles) {
    public UnmeasuredArticles {
        articles = List.copyOf(articles);
    }
}
