package io.hindcast.api.news;

import io.hindcast.api.prediction.PredictionsReceipt;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports what versions made of an article. What a version has said of a reading before stays, whatever it says now.
 * Answered by a {@link PredictionsReceipt}.
 *
 * @param reading which text was read, see {@link ArticleScored}; one that there is
 * @param scores one or more, each version once, of models on one symbol that the article is about
 * @param reconciled whether this was computed afterwards from the log
 * @param recordedAt market time now, not before that text was known
 */
public record RecordArticleScores(
        @TargetAggregateIdentifier ArticleId articleId,
        int reading,
        List<VersionScore> scores,
        boolean reconciled,
        Instant recordedAt) {

    public RecordArticleScores {
        scores = List.copyOf(scores);
    }
}
