package io.hindcast.api.prediction;

import io.hindcast.api.model.ScorerSpec;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Scores of texts by a version that were computed from the log, all of origin {@link PredictionOrigin#RECONCILED}. No
 * bar ever sees them: a score that was computed after the fact must not become a feature. What the version's lane
 * recorded about the same text takes precedence.
 *
 * @param scorer engine that scored them
 * @param recordedAt market time of recording
 */
@Revision("1")
public record BackfillScoresRecorded(
        BackfillDayId backfillDay, ScorerSpec scorer, Instant recordedAt, BackfilledScores scores)
        implements BackfillEvent {

    @Override
    public int rows() {
        return scores.size();
    }
}
