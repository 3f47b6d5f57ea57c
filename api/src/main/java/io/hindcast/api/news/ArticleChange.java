package io.hindcast.api.news;

import java.util.List;
import java.util.Optional;

/**
 * A change of an article with its content, sufficient to update a list of articles without another query.
 *
 * @param article the whole article, if it was discovered
 * @param title the new title, if it was corrected
 * @param scores the new scores, if it was scored
 * @param reaction the reaction, if that was measured
 */
public record ArticleChange(
        ArticleId articleId,
        Kind kind,
        Optional<ArticleView> article,
        Optional<String> title,
        List<ArticleScore> scores,
        Optional<ArticleReaction> reaction) {

    public ArticleChange {
        scores = List.copyOf(scores);
    }

    /** Kinds of change. */
    public enum Kind {
        DISCOVERED,
        /** The article turned out to be about this symbol, too. */
        EXTENDED,
        REVISED,
        CONTENT_FETCHED,
        SCORED,
        MEASURED
    }
}
