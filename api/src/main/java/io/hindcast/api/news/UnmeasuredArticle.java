package io.hindcast.api.news;

import java.time.Instant;

/** An article without a measured reaction on some market. */
public record UnmeasuredArticle(ArticleId articleId, Instant publishedAt) {}
