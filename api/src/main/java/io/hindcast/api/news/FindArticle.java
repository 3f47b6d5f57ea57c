package io.hindcast.api.news;

import java.time.Instant;
import java.util.Optional;

/**
 * Query for one article with its text. Answered by an optional {@link ArticleView}.
 *
 * @param asOf market time; empty for now
 */
public record FindArticle(ArticleId articleId, Optional<Instant> asOf) {
    /** A query for now. */
    public FindArticle(ArticleId articleId) {
        this(articleId, Optional.empty());
    }
}
