package io.hindcast.command.prediction;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.RecordPredictions;
import java.util.HashSet;

/** Refuses predictions that no version could have made: of another symbol, outside the day, not a distribution. */
final class PredictionRules {

    private PredictionRules() {}

    static void check(RecordPredictions command) {
        Predictions rows = command.predictions();
        if (rows.size() == 0) {
            throw RefusedException.of(
                    "NO_PREDICTIONS", "predictions for " + command.predictionDay(), "empty", "1 row or more");
        }
        checkVersions(command);
        for (int row = 0; row < rows.size(); row++) {
            checkRow(command, row);
        }
    }

    private static void checkVersions(RecordPredictions command) {
        Predictions rows = command.predictions();
        if (new HashSet<>(rows.versions()).size() != rows.versions().size()) {
            throw RefusedException.of(
                    "BAD_VERSION", "versions for " + command.predictionDay(), rows.versions(), "each version once");
        }
        for (VersionId version : rows.versions()) {
            if (!version.model().symbol().equals(command.predictionDay().symbol())) {
                throw RefusedException.of(
                        "BAD_VERSION",
                        "version for " + command.predictionDay(),
                        version,
                        "one of " + command.predictionDay().symbol());
            }
        }
    }

    private static void checkRow(RecordPredictions command, int row) {
        Predictions rows = command.predictions();
        String subject = " of row " + row + " for " + command.predictionDay();
        int perDay = command.predictionDay().interval().perDay();
        int version = rows.version().get(row);
        int minute = rows.minute().get(row);
        int revision = rows.barRevision().get(row);
        if (version < 0 || version >= rows.versions().size()) {
            throw RefusedException.of(
                    "BAD_VERSION",
                    "version" + subject,
                    version,
                    "an index below " + rows.versions().size());
        }
        if (minute < 0 || minute >= perDay) {
            throw RefusedException.of("OUT_OF_DAY", "minute" + subject, minute, "0 to " + (perDay - 1));
        }
        if (revision < 0) {
            throw RefusedException.of("BAD_REVISION", "barRevision" + subject, revision, "0 or more");
        }
        try {
            rows.probabilities(row);
        } catch (IllegalArgumentException e) {
            throw RefusedException.of(
                    "BAD_PROBABILITIES",
                    "probabilities" + subject,
                    rows.sell().get(row) + ", " + rows.hold().get(row) + ", "
                            + rows.buy().get(row),
                    "three of 0 or more that add up to 1");
        }
    }
}
