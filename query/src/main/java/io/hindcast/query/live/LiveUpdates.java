package io.hindcast.query.live;

import io.hindcast.api.RefusedException;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.LiveCandle;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.FollowModels;
import io.hindcast.api.model.ModelChange;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.news.FollowArticles;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.prediction.FollowPredictions;
import io.hindcast.api.prediction.LivePredictions;
import io.hindcast.api.prediction.PredictionView;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.training.DatasetFailed;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunRepeated;
import io.hindcast.api.training.TrainingRunSucceeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Acknowledges subscription queries and turns events into their updates. */
public final class LiveUpdates implements LogTail.Listener {

    private final QueryUpdateEmitter emitter;

    public LiveUpdates(QueryUpdateEmitter emitter) {
        this.emitter = emitter;
    }

    @QueryHandler
    public Symbol handle(FollowCandles query) {
        return query.symbol();
    }

    @QueryHandler
    public Symbol handle(FollowPredictions query) {
        return query.symbol();
    }

    @QueryHandler
    public Symbol handle(FollowModels query) {
        return query.symbol();
    }

    @QueryHandler
    public Symbol handle(FollowArticles query) {
        return query.symbol();
    }

    @Override
    public void accept(Object event) {
        switch (event) {
            case CandlesRecorded recorded when recorded.source() != CandleSource.HISTORY -> emit(recorded);
            case PredictionsRecorded recorded -> emit(recorded);
            case ModelEvent changed ->
                emit(new ModelChange(
                        changed.version().model().symbol(),
                        changed.getClass().getSimpleName(),
                        changed.version().toString()));
            case TrainingEvent changed ->
                emit(new ModelChange(changed.symbol(), changed.getClass().getSimpleName(), subject(changed)));
            case TrainingProgressRecorded progress ->
                emit(new ModelChange(
                        progress.run().symbol(),
                        progress.getClass().getSimpleName(),
                        progress.run().toString()));
            case AuditEvent changed ->
                emit(new ModelChange(
                        changed.symbol(),
                        changed.getClass().getSimpleName(),
                        changed.audit().toString()));
            case NewsEvent changed -> ArticleUpdates.emit(changed, emitter);
            default -> {
                // No subscription is about it.
            }
        }
    }

    /** Ends all subscriptions with an error, upon which readers subscribe again and query what they missed. */
    @Override
    public void missed(String reason) {
        for (Class<?> query :
                List.of(FollowCandles.class, FollowPredictions.class, FollowModels.class, FollowArticles.class)) {
            emitter.completeExceptionally(
                    query,
                    any -> true,
                    RefusedException.of(
                            "INTERRUPTED",
                            "subscription",
                            "an update that could not be sent: " + reason,
                            "a reader that subscribes again, then queries what it missed"));
        }
    }

    private void emit(CandlesRecorded event) {
        for (int row = 0; row < event.candles().size(); row++) {
            LiveCandle candle = new LiveCandle(
                    event.symbol(),
                    event.candles().candle(event.day(), row),
                    event.revision().get(row),
                    event.knownAt(row));
            emitter.emit(FollowCandles.class, query -> query.symbol().equals(event.symbol()), candle);
        }
    }

    private void emit(PredictionsRecorded event) {
        Predictions rows = event.predictions();
        List<PredictionView> predictions = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            Probabilities probabilities = rows.probabilities(row);
            ScorerSpec scorer = rows.scorers().get(rows.version().get(row));
            predictions.add(new PredictionView(
                    rows.versionOf(row),
                    event.openTime(row),
                    probabilities.signal(),
                    probabilities,
                    event.origin().get(row),
                    Optional.empty(),
                    event.recordedAt(),
                    rows.barRevision().get(row),
                    scorer.engine() + " " + scorer.libraryVersion(),
                    Optional.empty(),
                    Optional.empty()));
        }
        emitter.emit(
                FollowPredictions.class,
                query -> query.symbol().equals(event.symbol()),
                new LivePredictions(event.symbol(), event.recordedAt(), predictions));
    }

    private void emit(ModelChange change) {
        emitter.emit(FollowModels.class, query -> query.symbol().equals(change.symbol()), change);
    }

    private static String subject(TrainingEvent event) {
        return switch (event) {
            case TrainingCycleRequested requested -> requested.symbol() + "/" + requested.cycle();
            case TrainingCycleCancelled cancelled -> cancelled.symbol() + "/" + cancelled.cycle();
            case DatasetRecorded recorded -> recorded.symbol() + "/" + recorded.cycle();
            case DatasetFailed failed -> failed.symbol() + "/" + failed.cycle();
            case TrainingRunLaunched launched -> launched.run().toString();
            case TrainingRunQueued started -> started.run().toString();
            case TrainingRunClaimed begun -> begun.run().toString();
            case TrainingRunReleased left -> left.run().toString();
            case TrainingRunSucceeded succeeded -> succeeded.run().toString();
            case TrainingRunFailed failed -> failed.run().toString();
            case TrainingRunRepeated repeated -> repeated.run().toString();
            case DatasetPurged purged -> purged.manifest().sha256();
            case TrainingCycleEnded ended -> ended.symbol() + "/" + ended.cycle();
        };
    }
}
