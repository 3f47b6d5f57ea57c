package io.hindcast.api.prediction;

import java.util.List;

/**
 * Some predictions.
 *
 * @param cursors for each of them where to go on after it
 * @param hasNext whether there are more
 */
public record PredictionPage(List<PredictionView> predictions, List<String> cursors, boolean hasNext) {
    public PredictionPage {
        predictions = List.copyOf(predictions);
        cursors = List.copyOf(cursors);
    }
}
