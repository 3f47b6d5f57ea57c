package io.hindcast.api.news;

/** Query: one article. Answered by an optional {@link ArticleView}. */
public record FindArticle(ArticleId articleId) {}
