package io.hindcast.inference.prediction;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.prediction.RecordPredictions;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.model.SymbolLanes;
import io.hindcast.inference.model.Trials;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.runtime.Outages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Follows one symbol's events, a batch at a time, on the thread that holds its segment. Every bar that is seen for the
 * first time and is not history is predicted by every lane that has joined, also the first ones after a gap, whose
 * features are mostly missing: a model has learned what that means, and a rule without exceptions can be checked.
 *
 * <p>After a rollback, or after another process held the segment, this state may be stale; it is read back from the log
 * before the next event.
 */
final class SymbolFollower {
    private static final int MADE_UP_FOR_AT_ONCE = 500;

    private final Symbol symbol;
    private final Logs logs;
    private final SymbolLanes lanes;
    private final InferenceProperties settings;
    private final InferenceMeters meters;
    private final InstantSource marketClock;
    private final Executor readers;
    private final Outages outages;
    private final long begun = System.nanoTime();
    private final Map<FeatureSet, FeatureWindow> windows = new HashMap<>();
    private final Map<FeatureSet, CompletableFuture<FeatureWindow>> warming = new HashMap<>();
    private @Nullable CompletableFuture<SymbolNews> news;
    /** Moment of the latest bar handled here. */
    private long latestBar = Long.MIN_VALUE;

    private volatile boolean stale = true;
    private volatile boolean interrupted = true;
    private @Nullable LogPosition lastCommitted;

    SymbolFollower(
            Symbol symbol,
            Logs logs,
            SymbolLanes lanes,
            InferenceProperties settings,
            InferenceMeters meters,
            InstantSource marketClock,
            Executor readers,
            Outages outages) {
        this.symbol = symbol;
        this.logs = logs;
        this.lanes = lanes;
        this.settings = settings;
        this.meters = meters;
        this.marketClock = marketClock;
        this.readers = readers;
        this.outages = outages;
    }

    /** Before the first event of a batch: lanes as the log has them, those that may join or leave do. */
    void begin() {
        if (stale) {
            boolean first = interrupted;
            interrupted = false;
            stale = false;
            windows.clear();
            news = null;
            if (first) {
                warming.clear();
            }
            lastCommitted = null;
            makeUpFor(lanes.reconcile(first));
        }
        LogPosition cut = lastCommitted;
        if (cut != null) {
            lanes.shift(cut);
        }
        meters.swapped(lanes.takeSwaps());
        meters.showLanes();
    }

    void on(CandlesRecorded event, long sequence, Instant storedAt, SymbolBatch batch) {
        batch.lastCandleEvent = new LogPosition(event.marketDay().toString(), sequence);
        for (int row = 0; row < event.candles().size(); row++) {
            latestBar = Math.max(latestBar, event.knownAt(row).toEpochMilli());
        }
        if (event.source() != CandleSource.HISTORY && !lanes.all().isEmpty()) {
            awaitLanes();
            for (Lane lane : lanes.all()) {
                LoadedModel model = lane.model();
                if (model != null) {
                    warm(model.features(), event.day());
                }
            }
            for (int row = 0; row < event.candles().size(); row++) {
                if (event.revision().get(row) == 0) {
                    batch.add(event.candles().openTime(event.day(), row).toEpochMilli(), storedAt);
                }
            }
        }
        windows.values().forEach(window -> window.record(event));
    }

    void on(ModelId model) {
        makeUpFor(lanes.reconcile(model));
    }

    /** What the lanes say about the batch's bars, and what lanes make up for. */
    List<RecordPredictions> predict(SymbolBatch batch, Instant recordedAt) {
        PredictionSheet sheet = new PredictionSheet(symbol);
        List<Long> bars = List.copyOf(batch.bars);
        Map<Rows, double[]> matrices = new HashMap<>();
        for (Lane lane : lanes.all()) {
            LoadedModel model = lane.model();
            if (lane.predicts() && model == null) {
                meters.missed(lane.miss(bars));
            } else if (lane.predicts() && model != null) {
                List<Long> missed = missedBy(lane, bars);
                LocalDate day = lastDay(bars, missed);
                if (day != null) {
                    FeatureWindow window = warm(model.features(), day);
                    double[] matrix = matrices.computeIfAbsent(
                            new Rows(model.features(), model.bars()), rows -> features(window, rows.bars(), bars));
                    BarScoring scoring = new BarScoring(lane, model, sheet);
                    // The new ones first: they show whether the model works at all.
                    scoring.score(bars, matrix);
                    if (!scoring.isHopeless()) {
                        scoring.score(missed, features(window, model.bars(), missed));
                    }
                    settle(lane, scoring, bars, batch);
                }
            }
        }
        return sheet.commands(recordedAt);
    }

    /** Remembers what was not scored, and decides whether the bars or the model are at fault. */
    private void settle(Lane lane, BarScoring scoring, List<Long> bars, SymbolBatch batch) {
        batch.madeUpFor.put(lane, scoring.scored());
        if (!scoring.scored().isEmpty()) {
            lane.scored();
        }
        if (scoring.scored().size() < bars.size() || !scoring.failed().isEmpty()) {
            List<Long> unscored = new ArrayList<>(bars);
            unscored.removeAll(scoring.scored());
            meters.missed(lane.miss(unscored));
        }
        Trials.Verdict<Long> verdict =
                lane.trials().settle(scoring.scored(), scoring.failed().keySet());
        lane.madeUpFor(verdict.givenUp());
        meters.missed(verdict.givenUp().size());
        for (long openTime : verdict.givenUp()) {
            outages.lost(
                    lane.part(),
                    lane.id() + " could not score the bar of " + Instant.ofEpochMilli(openTime) + " in "
                            + Trials.TRIES + " attempts: "
                            + scoring.failed().getOrDefault(openTime, "no reason"),
                    "It has no prediction by this version; all other bars and lanes go on.");
        }
        if (verdict.suspicious()) {
            lane.broken(scoring.failed().values().iterator().next());
            lanes.reload(lane);
        }
    }

    /**
     * Bars to make up for beside new ones: without a new one only those that have not failed, which nothing would be
     * learned from.
     */
    private static List<Long> missedBy(Lane lane, List<Long> bars) {
        List<Long> first = new ArrayList<>();
        for (long openTime : lane.missed()) {
            if (first.size() == MADE_UP_FOR_AT_ONCE) {
                break;
            }
            if (!bars.contains(openTime) && !(bars.isEmpty() && lane.trials().isFailing(openTime))) {
                first.add(openTime);
            }
        }
        return first;
    }

    /** What of the batch's news later bars are to know. */
    List<ApplyScore> count(SymbolBatch batch) {
        if (batch.read.isEmpty()) {
            return List.of();
        }
        CompletableFuture<SymbolNews> reading = news;
        if (reading == null) {
            reading = CompletableFuture.supplyAsync(() -> new SymbolNews(symbol, logs, today()), readers);
            news = reading;
        }
        return await(reading, "what counts of the news about " + symbol + " is being read back")
                .count(batch.read, latestBar);
    }

    void committed(SymbolBatch batch) {
        batch.counted.forEach((command, added) -> {
            if (added) {
                counted(command);
            } else {
                // Somebody else counted it, and from another moment.
                stale = true;
            }
        });
        batch.madeUpFor.forEach(Lane::madeUpFor);
        if (batch.lastCandleEvent != null) {
            lastCommitted = batch.lastCandleEvent;
        }
        batch.bars.stream()
                .max(Long::compare)
                .ifPresent(latest -> windows.values().forEach(w -> w.forget(latest)));
    }

    private void counted(ApplyScore command) {
        CompletableFuture<SymbolNews> known = news;
        if (known != null) {
            known.join().counted(command);
        }
        Sentiment.Score score = new Sentiment.Score(
                command.articleId(),
                command.reading(),
                command.firstSeen().toEpochMilli(),
                command.from().toEpochMilli(),
                command.value());
        windows.values().forEach(window -> window.record(score));
    }

    /** The batch came to nothing: what is kept may not fit the log any more. What is being read back still will. */
    void lose() {
        stale = true;
    }

    /** Others may handle events from here on, or have done so. */
    void interrupt() {
        interrupted = true;
        stale = true;
    }

    void close() {
        lanes.close();
    }

    private static @Nullable LocalDate lastDay(List<Long> bars, List<Long> missed) {
        long last = Long.MIN_VALUE;
        for (List<Long> some : List.of(bars, missed)) {
            for (long openTime : some) {
                last = Math.max(last, openTime);
            }
        }
        return last == Long.MIN_VALUE ? null : FeatureWindow.dayOf(last);
    }

    /** What lanes read alike: features of so many bars. */
    private record Rows(FeatureSet features, int bars) {}

    private static double[] features(FeatureWindow window, int windowBars, List<Long> bars) {
        int columns = windowBars * window.set().size();
        double[] matrix = new double[bars.size() * columns];
        for (int row = 0; row < bars.size(); row++) {
            System.arraycopy(window.at(bars.get(row), windowBars), 0, matrix, row * columns, columns);
        }
        return matrix;
    }

    private void makeUpFor(List<SymbolLanes.Found> found) {
        for (SymbolLanes.Found join : found) {
            LogPosition seen = lastCommitted;
            LogPosition last = seen == null ? join.cut() : seen;
            LocalDate to = MarketDayId.parse(last.aggregateId()).day();
            meters.missed(join.lane().miss(MissedBars.after(join.cut(), logs.candles(), to)));
        }
    }

    /** The features' window, read from the log by another thread on first use; the wait for it is bounded. */
    private FeatureWindow warm(FeatureSet set, LocalDate day) {
        FeatureWindow window = windows.get(set);
        if (window == null) {
            CompletableFuture<FeatureWindow> reading = warming.computeIfAbsent(
                    set,
                    _ -> CompletableFuture.supplyAsync(
                            () -> new FeatureWindow(set, symbol, logs.candles(), logs.sentiment(), day, today()),
                            readers));
            window = await(reading, "the candles of " + symbol + " are being read back");
            windows.put(set, window);
            warming.remove(set);
        }
        return window;
    }

    private LocalDate today() {
        return FeatureWindow.dayOf(marketClock.instant().toEpochMilli());
    }

    /** After a start candles wait until every live lane has loaded or failed to, but not for ever. */
    private void awaitLanes() {
        if (System.nanoTime() - begun > settings.startWait().toNanos()) {
            return;
        }
        for (Lane lane : lanes.all()) {
            if (lane.predicts()) {
                await(lane.firstAttempt(), lane.id() + " is being loaded");
            }
        }
    }

    private <T> T await(CompletableFuture<T> future, String what) {
        Duration wait = settings.warmUpWait();
        try {
            return future.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StillWarmingUp(what + ", which takes longer than " + wait + "; trying again shortly");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StillWarmingUp(what + ", and the process shuts down");
        } catch (ExecutionException e) {
            warming.clear();
            news = null;
            throw new IllegalStateException("could not go on while " + what, e.getCause());
        }
    }
}
