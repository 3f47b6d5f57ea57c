package io.hindcast.api.news;

import java.time.Instant;

/** An article whose reaction on some market is to be measured. */
public record UnmeasuredArticle(ArticleId articleId, Instant publishedAt) {}
