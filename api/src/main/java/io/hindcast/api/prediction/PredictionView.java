package io.hindcast.api.prediction;

import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * A version's prediction of a bar.
 *
 * @param openTime of the bar, the last closed one when it was predicted
 * @param barRevision revision of the bar that was scored
 * @param scorer engine and its version
 * @param inSample whether the version has seen the bar; absent in updates, which are made without reading tables
 * @param outcome realised direction, once the horizon has passed without a gap
 * @param outcomeReturn close-to-close over the horizon, as a fraction
 */
public record PredictionView(
        VersionId version,
        Instant openTime,
        Signal signal,
        Probabilities probabilities,
        PredictionOrigin origin,
        Optional<Boolean> inSample,
        Instant recordedAt,
        int barRevision,
        String scorer,
        Optional<Signal> outcome,
        Optional<Double> outcomeReturn) {}
