package io.hindcast.api.prediction;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Predictions of a symbol's lanes entered the log. Each version and minute appears once in the whole log.
 *
 * @param recordedAt market time of recording
 * @param origin for each row the way it was made
 */
@Revision("1")
public record PredictionsRecorded(
        PredictionDayId predictionDay, Instant recordedAt, Predictions predictions, List<PredictionOrigin> origin) {

    public PredictionsRecorded {
        origin = List.copyOf(origin);
        if (origin.size() != predictions.size()) {
            throw new IllegalArgumentException(
                    "origin has " + origin.size() + " rows, predictions have " + predictions.size());
        }
    }

    public Symbol symbol() {
        return predictionDay.symbol();
    }

    public LocalDate day() {
        return predictionDay.day();
    }

    public Instant openTime(int row) {
        return predictionDay.marketDay().openTime(predictions.minute().get(row));
    }
}
