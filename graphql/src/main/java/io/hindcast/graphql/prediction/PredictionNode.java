package io.hindcast.graphql.prediction;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionView;
import io.hindcast.api.prediction.Signal;
import java.time.Instant;
import java.util.Optional;

/** The schema's {@code Prediction}. */
record PredictionNode(
        VersionId version,
        Instant openTime,
        Signal signal,
        double sell,
        double hold,
        double buy,
        PredictionOrigin origin,
        Optional<Boolean> inSample,
        Instant recordedAt,
        int barRevision,
        String scorer,
        Optional<Signal> outcome,
        Optional<Double> outcomeReturn) {

    static PredictionNode of(PredictionView view) {
        return new PredictionNode(
                view.version(),
                view.openTime(),
                view.signal(),
                view.probabilities().sell(),
                view.probabilities().hold(),
                view.probabilities().buy(),
                view.origin(),
                view.inSample(),
                view.recordedAt(),
                view.barRevision(),
                view.scorer(),
                view.outcome(),
                view.outcomeReturn());
    }
}
