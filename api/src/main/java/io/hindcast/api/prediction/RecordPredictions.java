package io.hindcast.api.prediction;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks to record what the lanes of a symbol said. Rows already held for the same version and minute are dropped,
 * whatever they say: what a version said stays said. Answered by a {@link PredictionsReceipt}.
 *
 * @param recordedAt market time now, from which the origin of each prediction follows
 */
public record RecordPredictions(
        @TargetAggregateIdentifier PredictionDayId predictionDay, Instant recordedAt, Predictions predictions) {}
