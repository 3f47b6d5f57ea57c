package io.hindcast.inference.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionDayId;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.RecordPredictions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what lanes say into one command a day, whatever order they say it in. */
final class PredictionSheet {
    private static final long MINUTE = 60_000;
    private static final int MINUTES = 1_440;

    private final Symbol symbol;
    private final Map<LocalDate, Day> days = new TreeMap<>();

    PredictionSheet(Symbol symbol) {
        this.symbol = symbol;
    }

    private static final class Day {
        final List<VersionId> versions = new ArrayList<>();
        final List<ScorerSpec> scorers = new ArrayList<>();
        final List<Integer> version = new ArrayList<>();
        final List<Integer> minute = new ArrayList<>();
        final List<Integer> barRevision = new ArrayList<>();
        final List<Double> sell = new ArrayList<>();
        final List<Double> hold = new ArrayList<>();
        final List<Double> buy = new ArrayList<>();

        int indexOf(VersionId id, ScorerSpec scorer) {
            int index = versions.indexOf(id);
            if (index < 0) {
                index = versions.size();
                versions.add(id);
                scorers.add(scorer);
            }
            return index;
        }
    }

    /**
     * Notes one prediction; {@code out} holds SELL, HOLD, BUY from {@code at} on. What is scored is revision 0 of the
     * bar.
     */
    void add(VersionId id, ScorerSpec scorer, long openTime, double[] out, int at) {
        Day day = days.computeIfAbsent(FeatureWindow.dayOf(openTime), _ -> new Day());
        day.version.add(day.indexOf(id, scorer));
        day.minute.add((int) (Math.floorDiv(openTime, MINUTE) % MINUTES));
        day.barRevision.add(0);
        day.sell.add(out[at]);
        day.hold.add(out[at + 1]);
        day.buy.add(out[at + 2]);
    }

    List<RecordPredictions> commands(Instant recordedAt) {
        List<RecordPredictions> commands = new ArrayList<>();
        days.forEach((date, day) -> commands.add(new RecordPredictions(
                new PredictionDayId(FeatureWindow.marketDay(
                        symbol,
                        date.atStartOfDay(java.time.ZoneOffset.UTC).toInstant().toEpochMilli())),
                recordedAt,
                new Predictions(
                        day.versions,
                        day.scorers,
                        day.version,
                        day.minute,
                        day.barRevision,
                        day.sell,
                        day.hold,
                        day.buy))));
        return commands;
    }
}
