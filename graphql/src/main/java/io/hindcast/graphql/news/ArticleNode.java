package io.hindcast.graphql.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleChange;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleReaction;
import io.hindcast.api.news.ArticleScore;
import io.hindcast.api.news.ArticleView;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.SnippetPart;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The schema's {@code Article}. */
record ArticleNode(
        ArticleId id,
        String url,
        String channel,
        String source,
        List<Symbol> symbols,
        String title,
        String summary,
        Optional<String> body,
        Instant publishedAt,
        boolean publishedEstimated,
        Instant firstSeenAt,
        int revision,
        Optional<ArticleId> duplicateOf,
        List<Score> scores,
        List<ArticleReaction> reactions,
        List<SnippetPart> snippet) {

    static ArticleNode of(ArticleView view) {
        return new ArticleNode(
                view.articleId(),
                view.url().value(),
                view.channel(),
                view.source(),
                view.symbols(),
                view.title(),
                view.summary(),
                view.body(),
                view.published().at(),
                view.published().certainty() == PublishedTime.Certainty.ESTIMATED,
                view.firstSeenAt(),
                view.revision(),
                view.duplicateOf().map(NearDuplicate::original),
                view.scores().stream().map(Score::of).toList(),
                view.reactions(),
                view.snippet());
    }

    /** The schema's {@code ArticleScore}. */
    record Score(
            VersionId version,
            Optional<Slot> slot,
            int reading,
            Signal signal,
            double sell,
            double hold,
            double buy,
            PredictionOrigin origin,
            Instant scoredAt) {

        static Score of(ArticleScore score) {
            return new Score(
                    score.version(),
                    score.slot(),
                    score.reading(),
                    score.probabilities().signal(),
                    score.probabilities().sell(),
                    score.probabilities().hold(),
                    score.probabilities().buy(),
                    score.origin(),
                    score.scoredAt());
        }
    }

    /** The schema's {@code ArticleChange}. */
    record Change(
            ArticleId articleId,
            ArticleChange.Kind kind,
            Optional<ArticleNode> article,
            Optional<String> title,
            List<Score> scores,
            Optional<ArticleReaction> reaction) {

        static Change of(ArticleChange change) {
            return new Change(
                    change.articleId(),
                    change.kind(),
                    change.article().map(ArticleNode::of),
                    change.title(),
                    change.scores().stream().map(Score::of).toList(),
                    change.reaction());
        }
    }
}
