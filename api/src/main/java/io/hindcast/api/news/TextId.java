package io.hindcast.api.news;

/**
 * Identity of one text of an article.
 *
 * @param reading number of the text, see {@link ArticleScored}
 */
public record TextId(ArticleId article, int reading) {}
