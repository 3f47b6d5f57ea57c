package io.hindcast.api.news;

import java.util.List;

/**
 * Some articles.
 *
 * @param cursors for each of them where to go on after it
 * @param hasNext whether there are more
 */
public record ArticlePage(List<ArticleView> articles, List<String> cursors, boolean hasNext) {
    public ArticlePage {
        articles = List.copyOf(articles);
        cursors = List.copyOf(cursors);
    }
}
