package io.hindcast.api.news;

import java.util.Optional;

/**
 * What became of a {@link DiscoverArticle}.
 *
 * @param duplicateOf the article whose news this one repeats, if it does
 */
public record DiscoveryReceipt(ArticleId articleId, Outcome outcome, Optional<ArticleId> duplicateOf) {

    /** What the log gained. */
    public enum Outcome {
        /** An article that nobody knew. */
        DISCOVERED,
        /** A correction of its title or summary. */
        REVISED,
        /** Further symbols that it is about. */
        EXTENDED,
        /** Nothing: all of it was known. */
        DROPPED
    }
}
