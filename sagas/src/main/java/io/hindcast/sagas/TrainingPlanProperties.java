package io.hindcast.sagas;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.sagas.training.TrainingPlan;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what a training cycle trains.
 *
 * @param historyDays days of candles that a cycle trains on, if they are recorded
 * @param families the families trained
 * @param horizonBars bars until a prediction's outcome is known
 * @param thresholdPercent change, in percent, beyond which an outcome is BUY or SELL
 */
@ConfigurationProperties("hindcast.sagas")
public record TrainingPlanProperties(
        @DefaultValue("182") int historyDays,
        @DefaultValue({"LIGHTGBM", "TST"}) List<ModelFamily> families,
        @DefaultValue("1") int horizonBars,
        @DefaultValue("0.015") double thresholdPercent) {

    public TrainingPlanProperties {
        families = List.copyOf(families);
        if (historyDays < 1) {
            throw new IllegalArgumentException(
                    "hindcast.sagas.history-days was " + historyDays + ", expected 1 or more");
        }
    }

    TrainingPlan plan() {
        return new TrainingPlan(families, new LabelSpec(horizonBars, thresholdPercent), Duration.ofDays(historyDays));
    }
}
