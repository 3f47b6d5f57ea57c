package io.hindcast.api.prediction;

import io.hindcast.api.model.ScorerSpec;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records scores of texts that were computed from the log. Texts that are already held are dropped, whatever their
 * values. Answered by a {@link PredictionsReceipt}.
 *
 * @param scorer engine that scored them
 * @param recordedAt current market time
 */
public record RecordBackfillScores(
        @TargetAggregateIdentifier BackfillDayId backfillDay,
        ScorerSpec scorer,
        Instant recordedAt,
        BackfilledScores scores) {}
