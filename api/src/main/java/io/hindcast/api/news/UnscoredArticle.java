package io.hindcast.api.news;

import java.time.Instant;

/**
 * A text of an article that is to be read.
 *
 * @param reading see {@link ArticleScored}
 * @param knownAt when this text was known
 */
public record UnscoredArticle(ArticleId articleId, int reading, Instant knownAt) {}
