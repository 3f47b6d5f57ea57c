package io.hindcast.api.news;

import java.util.List;

/** Articles without a measured reaction, oldest first. */
public record UnmeasuredArticles(List<UnmeasuredArticle> articles) {
    public UnmeasuredArticles {
        articles = List.copyOf(articles);
    }
}
