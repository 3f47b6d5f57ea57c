package io.hindcast.api.news;

import io.hindcast.api.prediction.PredictionsReceipt;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports scores of an article by lanes. A version's first score of a text stays; later ones are dropped. Answered by a
 * {@link PredictionsReceipt}.
 *
 * @param reading number of an existing text, see {@link ArticleScored}
 * @param scores one or more, each version once, of models on one symbol that the article is about
 * @param recordedAt market time now, not before the text was known
 */
public record RecordArticleScores(
        @TargetAggregateIdentifier ArticleId articleId, int reading, List<VersionScore> scores, Instant recordedAt) {

    public RecordArticleScores {
        scores = List.copyOf(scores);
    }
}
