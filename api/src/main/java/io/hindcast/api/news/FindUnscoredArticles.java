package io.hindcast.api.news;

import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: texts of articles about a version's symbol that the version has not read, known from a moment on, in the order in which they
 * became known. Answered by a list of {@link UnscoredArticle}; may lag behind the log.
 *
 * @param after the last one seen
 * @param first wanted at most, 1 to 500
 */
public record FindUnscoredArticles(
        VersionId version, Instant knownFrom, Optional<UnscoredArticle> after, int first) {}
