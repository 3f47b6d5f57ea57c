package io.hindcast.api.news;

/**
 * The article whose news another one repeats.
 *
 * @param original the article that reported the news first; never a repetition itself
 * @param similarity similarity of the compared titles, above 0, at most 1
 */
public record NearDuplicate(ArticleId original, double similarity) {}
