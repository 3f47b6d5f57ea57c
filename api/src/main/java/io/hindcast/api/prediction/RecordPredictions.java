package io.hindcast.api.prediction;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records predictions of a symbol's lanes. Rows for a version and minute that are already held are dropped, whatever
 * their values: a recorded prediction is never changed. Answered by a {@link PredictionsReceipt}.
 *
 * @param recordedAt current market time, which determines the origin of each prediction
 */
public record RecordPredictions(
        @TargetAggregateIdentifier PredictionDayId predictionDay, Instant recordedAt, Predictions predictions) {}
