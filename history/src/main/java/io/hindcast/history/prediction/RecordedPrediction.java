package io.hindcast.history.prediction;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.prediction.PredictionOrigin;

/**
 * A prediction of a bar as the log has it. Nothing is checked: a log may have been tampered with.
 *
 * @param minute of the UTC day at which the bar opens
 * @param scorer engine that is recorded with it
 */
public record RecordedPrediction(
        int minute, PredictionOrigin origin, ScorerSpec scorer, double sell, double hold, double buy) {}
