package io.hindcast.api.prediction;

import io.hindcast.api.model.ScorerSpec;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Predictions of a version that were computed from the log, all of origin {@link PredictionOrigin#RECONCILED}. What the
 * version's lane recorded about the same bar takes precedence.
 *
 * @param scorer engine that scored them
 * @param recordedAt market time of recording
 */
@Revision("1")
public record BackfillDayRecorded(BackfillDayId backfillDay, ScorerSpec scorer, Instant recordedAt, BackfilledBars bars)
        implements BackfillEvent {

    @Override
    public int rows() {
        return bars.size();
    }
}
