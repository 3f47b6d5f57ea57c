package io.hindcast.api.news;

/** Query for one article with its text. Answered by an optional {@link ArticleView}. */
public record FindArticle(ArticleId articleId) {}
