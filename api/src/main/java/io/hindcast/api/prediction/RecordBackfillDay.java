package io.hindcast.api.prediction;

import io.hindcast.api.model.ScorerSpec;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records predictions that were computed from the log. Bars that are already held are dropped, whatever their values.
 * Answered by a {@link PredictionsReceipt}.
 *
 * @param scorer engine that scored them
 * @param recordedAt current market time
 */
public record RecordBackfillDay(
        @TargetAggregateIdentifier BackfillDayId backfillDay,
        ScorerSpec scorer,
        Instant recordedAt,
        BackfilledBars bars) {}
