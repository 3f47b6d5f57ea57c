package io.hindcast.inference.article;

import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.TextId;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.history.news.ArticleHistory.Reading;
import io.hindcast.inference.model.FailureAttribution;
import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.ml.score.Scorer;
import io.hindcast.runtime.FailureReason;
import io.hindcast.runtime.Outages;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Optional;

/** Scores one text with one lane's model, and decides whether the text or the model is at fault if that fails. */
final class TextScorer {

    private final Outages outages;
    private final ArticleLanes lanes;
    private final ArticleBacklog backlog;
    private final Counter lost;

    TextScorer(LaneContext context, ArticleLanes lanes, ArticleBacklog backlog) {
        this.outages = context.outages();
        this.lanes = lanes;
        this.backlog = backlog;
        this.lost = Counter.builder("hindcast.news.unread")
                .description("Articles that were abandoned, by one version that could not score them or by all")
                .register(context.loops().meters());
    }

    /** Returns the score, or empty if scoring failed or the text was abandoned before. */
    Optional<VersionScore> score(Lane lane, LoadedModel model, ArticleId article, Reading reading) {
        TextId text = new TextId(article, reading.number());
        if (lane.textFailures().isAbandoned(text)) {
            return Optional.empty();
        }
        double[] out = new double[Scorer.CLASSES];
        Probabilities probabilities;
        try {
            model.scorer().score(model.tokens().row(reading.title(), reading.text()), 1, out);
            probabilities = new Probabilities(out[0], out[1], out[2]);
        } catch (Throwable e) {
            // Errors included: a failing model must not stop the other lanes.
            failed(lane, text, FailureReason.of(e));
            return Optional.empty();
        }
        lane.scored();
        lane.textFailures()
                .record(List.of(text), List.of())
                .retry()
                .forEach(again -> backlog.retry(lane.id(), again.article()));
        return Optional.of(new VersionScore(lane.id(), model.scorer().spec(), probabilities));
    }

    private void failed(Lane lane, TextId text, String reason) {
        FailureAttribution.Outcome<TextId> outcome = lane.textFailures().record(List.of(), List.of(text));
        if (!outcome.abandoned().isEmpty()) {
            reportLoss(
                    lane.id() + " could not score text " + text.reading() + " of " + text.article() + " in "
                            + FailureAttribution.FAILURE_LIMIT + " attempts: " + reason,
                    "It has no score by this version; all other articles and lanes are not affected.");
        } else if (outcome.workerSuspected()) {
            backlog.rescan(lane.id());
            lanes.reload(lane, reason);
        }
    }

    /** Reports that scores of an article are lost. */
    void reportLoss(String problem, String remedy) {
        lost.increment();
        outages.lost("article reader", problem, remedy);
    }
}
