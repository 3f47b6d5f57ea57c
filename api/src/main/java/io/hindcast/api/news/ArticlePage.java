package io.hindcast.api.news;

import java.util.List;

/**
 * A page of articles.
 *
 * @param cursors for each article, the cursor after it
 * @param hasNext whether there are more articles
 */
public record ArticlePage(List<ArticleView> articles, List<String> cursors, boolean hasNext) {
    public ArticlePage {
        articles = List.copyOf(articles);
        cursors = List.copyOf(cursors);
    }
}
