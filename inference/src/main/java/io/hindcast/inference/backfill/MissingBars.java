package io.hindcast.inference.backfill;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.prediction.PredictionLog;
import java.util.BitSet;

/** Finds the bars of a day that a version should have a prediction of and has none. */
final class MissingBars {

    private MissingBars() {}

    /** Returns the minutes of the UTC day. */
    static BitSet of(VersionId version, BackfillScope scope, CandleDay day, PredictionLog predictions) {
        BitSet missing = new BitSet();
        long latest = Long.MIN_VALUE;
        for (int row = 0; row < day.size(); row++) {
            if (scope.owns(day, row)) {
                missing.set(day.minute(row));
                latest = Math.max(latest, day.knownAt(row));
            }
        }
        if (!missing.isEmpty()) {
            missing.andNot(
                    predictions.backfilled(new BackfillDayId(version, day.id().day())));
        }
        // A day of lanes has an event a bar, so it is read only if the version's lane can have predicted some of it.
        if (!missing.isEmpty() && latest >= scope.laneFrom()) {
            missing.andNot(predictions.predicted(version, day.id().day()));
        }
        return missing;
    }
}
