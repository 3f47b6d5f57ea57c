package io.hindcast.graphql.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.RequestTrainingCycle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a person's request for training asks for: the same as the first cycle of a market does, on newer data, hence the
 * same settings.
 *
 * @param historyDays days before the newest bar that are trained on
 * @param families trained
 * @param horizonBars bars until a prediction's outcome is known
 * @param thresholdPercent change, in percent, from which an outcome is BUY or SELL
 */
@ConfigurationProperties("hindcast.sagas")
public record TrainingRequests(
        @DefaultValue("30") int historyDays,
        @DefaultValue({"LIGHTGBM", "TST"}) List<ModelFamily> families,
        @DefaultValue("1") int horizonBars,
        @DefaultValue("0.015") double thresholdPercent) {

    public TrainingRequests {
        families = List.copyOf(families);
    }

    /** The seed follows from the data's end, so that asking again on the same data trains the same model. */
    RequestTrainingCycle of(Symbol symbol, Instant oldestBar, Instant newestBar, Instant now) {
        Instant wanted = newestBar.minus(Duration.ofDays(historyDays));
        return new RequestTrainingCycle(
                symbol,
                "requested",
                families,
                new LabelSpec(horizonBars, thresholdPercent),
                wanted.isBefore(oldestBar) ? oldestBar : wanted,
                newestBar,
                newestBar.getEpochSecond(),
                now);
    }
}
