package io.hindcast.inference.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.prediction.RecordPredictions;
import io.hindcast.inference.model.BarScorer;
import io.hindcast.inference.model.FailureAttribution;
import io.hindcast.inference.model.Lane;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.model.SymbolLanes;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.runtime.Outages;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Predicts the bars of a batch with every lane of a symbol, and backfills bars that a lane has missed. */
final class LanePredictor {

    /** Most bars that a lane backfills in one batch. */
    private static final int BACKFILL_PER_BATCH = 500;

    private final Symbol symbol;
    private final SymbolLanes lanes;
    private final SymbolFeatures features;
    private final InferenceMeters meters;
    private final Outages outages;

    LanePredictor(Symbol symbol, SymbolLanes lanes, SymbolFeatures features, InferenceMeters meters, Outages outages) {
        this.symbol = symbol;
        this.lanes = lanes;
        this.features = features;
        this.meters = meters;
        this.outages = outages;
    }

    /** Returns the predictions of all lanes, one command per UTC day. */
    List<RecordPredictions> predict(SymbolEventBatch batch, Instant recordedAt) {
        PredictionCollector predictions = new PredictionCollector(symbol);
        List<Long> bars = List.copyOf(batch.bars);
        Map<RowShape, double[]> rowsOfBars = new HashMap<>();
        for (Lane lane : lanes.all()) {
            LoadedModel model = lane.model();
            if (lane.predicts() && model == null) {
                meters.missed(lane.addMissed(bars));
            } else if (lane.predicts() && model != null) {
                predict(lane, model, batch, bars, predictions, rowsOfBars);
            }
        }
        return predictions.commands(recordedAt);
    }

    private void predict(
            Lane lane,
            LoadedModel model,
            SymbolEventBatch batch,
            List<Long> bars,
            PredictionCollector predictions,
            Map<RowShape, double[]> rowsOfBars) {
        List<Long> missed = missedBars(lane, bars);
        if (bars.isEmpty() && missed.isEmpty()) {
            return;
        }
        FeatureWindow window = features.window(model.features(), lastDay(bars, missed));
        BarScorer scorer = new BarScorer(
                model,
                (openTime, out, at) -> predictions.add(lane.id(), model.scorer().spec(), openTime, out, at));
        // New bars first: they show whether the model works at all.
        scorer.score(
                bars,
                rowsOfBars.computeIfAbsent(
                        new RowShape(model.features(), model.bars()), shape -> rows(window, shape.bars(), bars)));
        if (!scorer.isStopped()) {
            scorer.score(missed, rows(window, model.bars(), missed));
        }
        settle(lane, scorer, bars, batch);
    }

    /** Input that lanes have in common: features of this many bars. */
    private record RowShape(FeatureSet features, int bars) {}

    private static double[] rows(FeatureWindow window, int windowBars, List<Long> bars) {
        int columns = windowBars * window.set().size();
        double[] rows = new double[bars.size() * columns];
        for (int row = 0; row < bars.size(); row++) {
            System.arraycopy(window.at(bars.get(row), windowBars), 0, rows, row * columns, columns);
        }
        return rows;
    }

    /**
     * Returns missed bars to backfill beside the new ones. In a batch without new bars those that failed before are
     * left out: another failure would not show whether they or the model are at fault.
     */
    private static List<Long> missedBars(Lane lane, List<Long> bars) {
        List<Long> missed = new ArrayList<>();
        for (long openTime : lane.missed()) {
            if (missed.size() == BACKFILL_PER_BATCH) {
                break;
            }
            if (!bars.contains(openTime)
                    && !(bars.isEmpty() && lane.barFailures().isFailing(openTime))) {
                missed.add(openTime);
            }
        }
        return missed;
    }

    private static LocalDate lastDay(List<Long> bars, List<Long> missed) {
        long last = Stream.concat(bars.stream(), missed.stream())
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
        return UtcDay.of(Instant.ofEpochMilli(last));
    }

    /** Remembers the bars that were not scored, and decides whether they or the model are at fault. */
    private void settle(Lane lane, BarScorer scorer, List<Long> bars, SymbolEventBatch batch) {
        batch.predicted.put(lane, scorer.scored());
        if (!scorer.scored().isEmpty()) {
            lane.scored();
        }
        if (scorer.scored().size() < bars.size() || !scorer.failed().isEmpty()) {
            List<Long> unscored = new ArrayList<>(bars);
            unscored.removeAll(scorer.scored());
            meters.missed(lane.addMissed(unscored));
        }
        FailureAttribution.Outcome<Long> outcome =
                lane.barFailures().record(scorer.scored(), scorer.failed().keySet());
        lane.removeMissed(outcome.abandoned());
        meters.missed(outcome.abandoned().size());
        for (long openTime : outcome.abandoned()) {
            outages.lost(
                    lane.outageName(),
                    lane.id() + " could not score the bar of " + Instant.ofEpochMilli(openTime) + " in "
                            + FailureAttribution.FAILURE_LIMIT + " attempts: "
                            + scorer.failed().getOrDefault(openTime, "no reason"),
                    "This version has no prediction for it; all other bars and lanes are not affected.");
        }
        if (outcome.workerSuspected()) {
            lanes.reload(lane, scorer.failed().values().iterator().next());
        }
    }
}
