package io.hindcast.inference.article;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.history.news.ArticleHistory.Reading;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.inference.model.FailureAttribution;
import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.model.TextOwnership;
import io.hindcast.runtime.FailureReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has lanes score every text of an article that they have not scored, and records the scores. Texts and existing scores
 * are read from the log each time, so nothing is scored twice or left out, wherever a process ended.
 */
final class ArticleScorer {

    private static final Logger log = LoggerFactory.getLogger(ArticleScorer.class);

    private static final long ANSWER_SECONDS = 10;

    private final LaneContext context;
    private final ArticleLog articles;
    private final TextScorer texts;
    /** Decides which articles are abandoned because they cannot be read from the log, or their scores not recorded. */
    private final FailureAttribution<ArticleId> failures = new FailureAttribution<>();

    ArticleScorer(LaneContext context, ArticleLog articles, TextScorer texts) {
        this.context = context;
        this.articles = articles;
        this.texts = texts;
    }

    /** Has lanes score an article, or abandons it; throws if it must be tried again. */
    void score(ArticleId id, Function<ArticleHistory, List<Lane>> lanes)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Optional<ArticleHistory> article = articles.read(id);
            if (article.isPresent() && score(article.get(), lanes.apply(article.get()))) {
                failures.record(List.of(id), List.of());
            }
        } catch (ExecutionException | TimeoutException | RuntimeException | Error e) {
            if (failures.record(List.of(), List.of(id)).abandoned().isEmpty()) {
                throw e;
            }
            texts.reportLoss(
                    "The article " + id + " was abandoned after " + FailureAttribution.FAILURE_LIMIT + " attempts: "
                            + FailureReason.of(e),
                    "It has no score; all other articles are scored.");
        }
    }

    /** Returns whether anything was recorded. */
    private boolean score(ArticleHistory article, List<Lane> lanes)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean recorded = false;
        for (Reading reading : article.readings()) {
            Map<Symbol, List<VersionScore>> scores = new HashMap<>();
            for (Lane lane : lanes) {
                score(lane, article, reading)
                        .ifPresent(score -> scores.computeIfAbsent(
                                        lane.id().model().symbol(), _ -> new ArrayList<>())
                                .add(score));
            }
            for (List<VersionScore> ofSymbol : scores.values()) {
                record(article, reading, ofSymbol);
                recorded = true;
            }
        }
        return recorded;
    }

    private boolean isOwn(Lane lane, Instant knownAt) {
        Instant now = context.marketClock().instant();
        return !knownAt.isBefore(now.minus(context.settings().articles().lookback()))
                && !knownAt.isBefore(
                        TextOwnership.laneFrom(lane.joinedAt(), lane.version().trainedAt()));
    }

    private Optional<VersionScore> score(Lane lane, ArticleHistory article, Reading reading) {
        LoadedModel model = lane.model();
        Instant about = article.symbols().get(lane.id().model().symbol());
        if (!lane.predicts()
                || model == null
                || about == null
                || !isOwn(lane, about.isAfter(reading.knownAt()) ? about : reading.knownAt())
                || article.isScored(lane.id(), reading.number())) {
            return Optional.empty();
        }
        return texts.score(lane, model, article.id(), reading);
    }

    private void record(ArticleHistory article, Reading reading, List<VersionScore> scores)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant now = context.marketClock().instant();
        Instant recordedAt = now.isBefore(reading.knownAt()) ? reading.knownAt() : now;
        try {
            PredictionsReceipt receipt = context.commands()
                    .<PredictionsReceipt>send(
                            new RecordArticleScores(article.id(), reading.number(), scores, recordedAt))
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            log.debug("{} scores of {} recorded", receipt.recorded(), article.id());
        } catch (ExecutionException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            texts.reportLoss(
                    "Scores of the article " + article.id() + " were refused: " + refusal.message(),
                    "They are not recorded; all other articles are scored.");
        }
    }
}
