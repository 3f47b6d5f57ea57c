package io.hindcast.inference.prediction;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
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

/** Collects the predictions of all lanes, in any order, into one command per UTC day. */
final class PredictionCollector {

    private static final Interval INTERVAL = Interval.ONE_MINUTE;

    private final Symbol symbol;
    private final Map<LocalDate, Day> days = new TreeMap<>();

    PredictionCollector(Symbol symbol) {
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

        Predictions predictions() {
            return new Predictions(versions, scorers, version, minute, barRevision, sell, hold, buy);
        }
    }

    /**
     * Adds one prediction about revision 0 of a bar.
     *
     * @param openTime of the bar, milliseconds since 1970
     * @param out the probabilities of SELL, HOLD and BUY, from index {@code at} on
     */
    void add(VersionId id, ScorerSpec scorer, long openTime, double[] out, int at) {
        Day day = days.computeIfAbsent(UtcDay.of(Instant.ofEpochMilli(openTime)), _ -> new Day());
        day.version.add(day.indexOf(id, scorer));
        day.minute.add((int) (Math.floorDiv(openTime, INTERVAL.millis()) % INTERVAL.perDay()));
        day.barRevision.add(0);
        day.sell.add(out[at]);
        day.hold.add(out[at + 1]);
        day.buy.add(out[at + 2]);
    }

    List<RecordPredictions> commands(Instant recordedAt) {
        List<RecordPredictions> commands = new ArrayList<>();
        days.forEach((date, day) -> commands.add(new RecordPredictions(
                new PredictionDayId(new MarketDayId(symbol, INTERVAL, date)), recordedAt, day.predictions())));
        return commands;
    }
}
