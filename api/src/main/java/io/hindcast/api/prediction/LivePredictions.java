package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.List;

/** Predictions that have just been recorded together. */
public record LivePredictions(Symbol symbol, Instant recordedAt, List<PredictionView> predictions) {
    public LivePredictions {
        predictions = List.copyOf(predictions);
    }
}
