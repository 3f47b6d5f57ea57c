package io.hindcast.inference.prediction;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.prediction.RecordPredictions;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.model.SymbolLanes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Follows one symbol's events, a batch at a time, on the thread that owns its segment. Every lane that has joined
 * predicts every bar that is seen for the first time and is not history. This includes the first bars after a gap,
 * whose features are mostly missing: models are trained with missing features, and a rule without exceptions can be
 * verified.
 *
 * <p>After a rollback, or after another process owned the segment, this state may be stale; it is rebuilt from the log
 * before the next event.
 */
final class SymbolFollower {

    private final Symbol symbol;
    private final FeatureSources log;
    private final SymbolLanes lanes;
    private final InferenceProperties.Processor settings;
    private final InferenceMeters meters;
    private final InstantSource marketClock;
    private final StateLoader loader;
    private final SymbolFeatures features;
    private final LanePredictor predictor;
    private final long begun = System.nanoTime();
    private @Nullable CompletableFuture<ScoreEffects> effects;
    /** Moment at which the latest bar handled here became known. */
    private long latestBar = Long.MIN_VALUE;

    private volatile boolean stale = true;
    private volatile boolean segmentChanged = true;
    private @Nullable LogPosition lastCommitted;

    SymbolFollower(
            Symbol symbol,
            FeatureSources log,
            SymbolLanes lanes,
            LaneContext context,
            InferenceMeters meters,
            Executor readers) {
        this.symbol = symbol;
        this.log = log;
        this.lanes = lanes;
        this.settings = context.settings().processor();
        this.meters = meters;
        this.marketClock = context.marketClock();
        this.loader = new StateLoader(readers, settings.warmUpWait());
        this.features = new SymbolFeatures(symbol, log, marketClock, loader);
        this.predictor = new LanePredictor(symbol, lanes, features, meters, context.outages());
    }

    /** Prepares the state for the first event of a batch; ready lanes join and leaving lanes leave here. */
    void begin() {
        if (stale) {
            rebuild();
        }
        LogPosition cut = lastCommitted;
        if (cut != null) {
            lanes.joinAndLeave(cut);
        }
        meters.swapped(lanes.takeSwapCount());
        meters.showLanes();
    }

    private void rebuild() {
        boolean first = segmentChanged;
        segmentChanged = false;
        stale = false;
        features.dropLoaded();
        effects = null;
        if (first) {
            features.dropLoading();
        }
        lastCommitted = null;
        backfill(lanes.syncWithLog(first));
    }

    void on(CandlesRecorded event, long sequence, Instant storedAt, SymbolEventBatch batch) {
        batch.lastCandleEvent = new LogPosition(event.marketDay().toString(), sequence);
        for (int row = 0; row < event.candles().size(); row++) {
            latestBar = Math.max(latestBar, event.knownAt(row).toEpochMilli());
        }
        if (event.source() != CandleSource.HISTORY && !lanes.all().isEmpty()) {
            awaitLanes();
            for (Lane lane : lanes.all()) {
                LoadedModel model = lane.model();
                if (model != null) {
                    features.window(model.features(), event.day());
                }
            }
            for (int row = 0; row < event.candles().size(); row++) {
                if (event.revision().get(row) == 0) {
                    batch.add(event.candles().openTime(event.day(), row).toEpochMilli(), storedAt);
                }
            }
        }
        features.add(event);
    }

    void on(ModelId model) {
        backfill(lanes.syncWithLog(model));
    }

    /** Returns the predictions of the batch's bars, and of bars that lanes backfill. */
    List<RecordPredictions> predict(SymbolEventBatch batch) {
        return predictor.predict(batch, marketClock.instant());
    }

    /** Returns the scores of the batch that take effect. Called after the batch's bars were scored without them. */
    List<ApplyScore> decideEffects(SymbolEventBatch batch) {
        if (batch.scores.isEmpty()) {
            return List.of();
        }
        LocalDate today = UtcDay.of(marketClock.instant());
        CompletableFuture<ScoreEffects> reading = loader.load(effects, () -> ScoreEffects.read(symbol, log, today));
        effects = reading;
        return loader.await(reading, "the sentiment of " + symbol + " is being read")
                .decide(batch.scores, latestBar);
    }

    /** Takes over the results of a batch that is stored. */
    void committed(SymbolEventBatch batch) {
        batch.applied.forEach((command, accepted) -> {
            if (accepted) {
                applied(command);
            } else {
                // Another process applied it, with another moment.
                stale = true;
            }
        });
        batch.predicted.forEach(Lane::removeMissed);
        if (batch.lastCandleEvent != null) {
            lastCommitted = batch.lastCandleEvent;
        }
        features.dropLoading();
        batch.bars.stream().max(Long::compare).ifPresent(features::forgetBefore);
    }

    private void applied(ApplyScore command) {
        CompletableFuture<ScoreEffects> known = effects;
        if (known != null) {
            known.join().applied(command);
        }
        features.add(command.score());
    }

    /** Marks this state as stale after a rollback. */
    void rolledBack() {
        stale = true;
    }

    /** Marks this state as stale because another process may handle events from here on, or has done so. */
    void segmentChanged() {
        segmentChanged = true;
        stale = true;
    }

    void close() {
        lanes.close();
    }

    private void backfill(List<SymbolLanes.UnseenJoin> joins) {
        for (SymbolLanes.UnseenJoin join : joins) {
            LogPosition seen = lastCommitted;
            LogPosition last = seen == null ? join.cut() : seen;
            LocalDate to = MarketDayId.parse(last.aggregateId()).day();
            meters.missed(join.lane().addMissed(BarsAfterCut.find(join.cut(), log.candles(), to)));
        }
    }

    /** Lets candles wait after a start until every live lane has loaded or failed to, for a limited time. */
    private void awaitLanes() {
        if (System.nanoTime() - begun > settings.startWait().toNanos()) {
            return;
        }
        for (Lane lane : lanes.all()) {
            if (lane.predicts()) {
                loader.await(lane.firstAttempt(), lane.id() + " is being loaded");
            }
        }
    }
}
