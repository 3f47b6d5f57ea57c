package io.hindcast.command.prediction;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.api.prediction.RecordBackfillScores;
import java.time.Instant;

/**
 * Refuses backfilled rows that the version could not have computed: of another kind of model, outside the day, not a
 * distribution.
 */
final class BackfillRules {

    private BackfillRules() {}

    static void check(RecordBackfillDay command) {
        BackfillDayId id = command.backfillDay();
        BackfilledBars bars = command.bars();
        checkFamily(id, false);
        checkNotEmpty(id, bars.size());
        int perDay = id.marketDay().interval().perDay();
        for (int row = 0; row < bars.size(); row++) {
            int minute = bars.minute().get(row);
            if (minute < 0 || minute >= perDay) {
                throw RefusedException.of("OUT_OF_DAY", "minute" + of(row, id), minute, "0 to " + (perDay - 1));
            }
            checkDistribution(
                    bars.sell().get(row), bars.hold().get(row), bars.buy().get(row), row, id);
        }
    }

    static void check(RecordBackfillScores command) {
        BackfillDayId id = command.backfillDay();
        BackfilledScores scores = command.scores();
        checkFamily(id, true);
        checkNotEmpty(id, scores.size());
        for (int row = 0; row < scores.size(); row++) {
            Instant knownAt = scores.knownAt().get(row);
            if (!UtcDay.of(knownAt).equals(id.day())) {
                throw RefusedException.of("OUT_OF_DAY", "knownAt" + of(row, id), knownAt, "a moment of " + id.day());
            }
            if (knownAt.isBefore(scores.firstSeen().get(row))) {
                throw RefusedException.of(
                        "READ_BEFORE_KNOWN",
                        "knownAt" + of(row, id),
                        knownAt,
                        "when the article was first seen, " + scores.firstSeen().get(row) + ", or later");
            }
            if (scores.reading().get(row) < 0) {
                throw RefusedException.of(
                        "BAD_READING", "reading" + of(row, id), scores.reading().get(row), "0 or more");
            }
            checkDistribution(
                    scores.sell().get(row), scores.hold().get(row), scores.buy().get(row), row, id);
        }
    }

    private static void checkFamily(BackfillDayId id, boolean readsArticles) {
        ModelFamily family = id.version().model().family();
        if ((family == ModelFamily.TRL) != readsArticles) {
            throw RefusedException.of(
                    "BAD_VERSION",
                    "version for " + id,
                    id.version(),
                    readsArticles ? "one that scores articles" : "one that predicts bars");
        }
    }

    private static void checkNotEmpty(BackfillDayId id, int rows) {
        if (rows == 0) {
            throw RefusedException.of("NO_PREDICTIONS", "predictions for " + id, "empty", "1 row or more");
        }
    }

    private static void checkDistribution(double sell, double hold, double buy, int row, BackfillDayId id) {
        if (!(sell >= 0 && hold >= 0 && buy >= 0 && Math.abs(sell + hold + buy - 1) <= 1e-6)) {
            throw RefusedException.of(
                    "BAD_PROBABILITIES",
                    "probabilities" + of(row, id),
                    sell + ", " + hold + ", " + buy,
                    "three of 0 or more that add up to 1");
        }
    }

    private static String of(int row, BackfillDayId id) {
        return " of row " + row + " for " + id;
    }
}
