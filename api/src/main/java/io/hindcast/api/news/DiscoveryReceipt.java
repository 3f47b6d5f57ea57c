package io.hindcast.api.news;

import java.util.Optional;

/**
 * The outcome of a {@link DiscoverArticle}.
 *
 * @param duplicateOf the article whose news this one repeats, if any
 */
public record DiscoveryReceipt(ArticleId articleId, Outcome outcome, Optional<ArticleId> duplicateOf) {

    /** Changes recorded in the log. */
    public enum Outcome {
        /** A new article. */
        DISCOVERED,
        /** A correction of its title or summary. */
        REVISED,
        /** Further symbols. */
        EXTENDED,
        /** None: everything was known. */
        DROPPED
    }
}
