package io.hindcast.api.prediction;

import java.util.List;

/**
 * A page of predictions.
 *
 * @param cursors of each of them, to continue after it
 * @param hasNext whether more follow
 */
public record PredictionPage(List<PredictionView> predictions, List<String> cursors, boolean hasNext) {
    public PredictionPage {
        predictions = List.copyOf(predictions);
        cursors = List.copyOf(cursors);
    }
}
