package io.hindcast.api.news;

/**
 * That an article tells again what another one told.
 *
 * @param original the article that told it first; never itself a repetition
 * @param similarity of the titles that were compared, above 0, at most 1
 */
public record NearDuplicate(ArticleId original, double similarity) {}
