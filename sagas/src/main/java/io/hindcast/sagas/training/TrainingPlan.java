package io.hindcast.sagas.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The content of a training cycle, the same for a market's first cycle and for one requested by a user.
 *
 * @param families the families trained
 * @param label the outcome that is learned
 * @param history length of the candles trained on
 */
public record TrainingPlan(List<ModelFamily> families, LabelSpec label, Duration history) {

    public TrainingPlan {
        families = List.copyOf(families);
    }

    /**
     * Returns the request for a cycle.
     *
     * @param dataFrom open time of the first bar to train on
     * @param dataTo open time of the last bar to train on
     * @param requestedAt market time
     */
    RequestTrainingCycle request(
            Symbol symbol, String reason, Instant dataFrom, Instant dataTo, long seed, Instant requestedAt) {
        return new RequestTrainingCycle(
                symbol, reason, families, new TrainingSpec(label, dataFrom, dataTo, seed), requestedAt);
    }
}
