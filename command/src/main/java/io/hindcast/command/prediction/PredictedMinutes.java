package io.hindcast.command.prediction;

import io.hindcast.api.market.Interval;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.RecordPredictions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The minutes of a day that each version has predicted, and the decision which further predictions are recorded. */
final class PredictedMinutes {

    private final Map<VersionId, BitSet> minutes = new TreeMap<>();

    /** Returns the event that records the rows not held yet, empty if all are held, or throws the refusal. */
    Optional<PredictionsRecorded> decide(RecordPredictions command) {
        PredictionRules.check(command);
        List<Integer> rows = rowsNotHeld(command.predictions());
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Predictions kept = command.predictions().select(rows);
        return Optional.of(
                new PredictionsRecorded(command.predictionDay(), command.recordedAt(), kept, origins(command, kept)));
    }

    private List<Integer> rowsNotHeld(Predictions all) {
        List<Integer> rows = new ArrayList<>(all.size());
        Map<VersionId, BitSet> inCommand = new TreeMap<>();
        for (int row = 0; row < all.size(); row++) {
            VersionId version = all.versionOf(row);
            int minute = all.minute().get(row);
            BitSet before = minutes.get(version);
            BitSet now = inCommand.computeIfAbsent(version, v -> new BitSet());
            if ((before == null || !before.get(minute)) && !now.get(minute)) {
                now.set(minute);
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<PredictionOrigin> origins(RecordPredictions command, Predictions kept) {
        Interval interval = command.predictionDay().interval();
        List<PredictionOrigin> origins = new ArrayList<>(kept.size());
        for (int minute : kept.minute()) {
            Instant openTime = command.predictionDay().marketDay().openTime(minute);
            origins.add(PredictionOrigin.at(openTime, interval, command.recordedAt()));
        }
        return origins;
    }

    void evolve(PredictionsRecorded event) {
        Predictions rows = event.predictions();
        for (int row = 0; row < rows.size(); row++) {
            minutes.computeIfAbsent(rows.versionOf(row), v -> new BitSet())
                    .set(rows.minute().get(row));
        }
    }
}
