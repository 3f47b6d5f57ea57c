package io.hindcast.api.news;

import java.util.List;
import java.util.Optional;

/**
 * That something about an article became known, with what it is: enough to bring a list of articles up to date without
 * asking again.
 *
 * @param article whole, when it was discovered
 * @param title as it reads now, when it was corrected
 * @param scores when it was scored
 * @param reaction when it was measured
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

    /** What became known. */
    public enum Kind {
        DISCOVERED,
        /** It is about this symbol, too. */
        EXTENDED,
        REVISED,
        CONTENT_FETCHED,
        SCORED,
        MEASURED
    }
}
