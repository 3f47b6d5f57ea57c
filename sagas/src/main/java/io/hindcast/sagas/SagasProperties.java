package io.hindcast.sagas;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the long-running decisions.
 *
 * @param historyDays days before going live that the first cycle trains on
 * @param families trained by the first cycle
 * @param horizonBars bars until a prediction's outcome is known
 * @param thresholdPercent change, in percent, from which an outcome is BUY or SELL
 * @param attempts how often a family's run is tried in one cycle
 * @param waitTimeout wall time after which a run that no worker has begun counts as failed
 * @param runTimeout wall time after which a run that a worker has begun counts as failed without a result
 * @param promotionTimeout wall time after which a promotion whose lane has not joined is given up; lanes join at the
 *     next candle, so it must be longer than a candle lasts
 * @param expiresAfter market-time age at which a version should no longer be trusted
 */
@ConfigurationProperties("hindcast.sagas")
public record SagasProperties(
        @DefaultValue("30") int historyDays,
        @DefaultValue({"LIGHTGBM", "TST"}) List<ModelFamily> families,
        @DefaultValue("1") int horizonBars,
        @DefaultValue("0.015") double thresholdPercent,
        @DefaultValue("3") int attempts,
        @DefaultValue("24h") Duration waitTimeout,
        @DefaultValue("30m") Duration runTimeout,
        @DefaultValue("10m") Duration promotionTimeout,
        @DefaultValue("7d") Duration expiresAfter) {

    public SagasProperties {
        families = List.copyOf(families);
        if (historyDays < 1) {
            throw new IllegalArgumentException(
                    "hindcast.sagas.history-days was " + historyDays + ", expected 1 or more");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("hindcast.sagas.attempts was " + attempts + ", expected 1 or more");
        }
    }

    LabelSpec label() {
        return new LabelSpec(horizonBars, thresholdPercent);
    }
}
