package io.hindcast.api.prediction;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Identity of the predictions that were computed from the log for one version and UTC day, written
 * {@code backfill:lightgbm:BTCUSDT:3:2022-01-05}.
 */
public record BackfillDayId(VersionId version, LocalDate day) {

    private static final String PREFIX = "backfill:";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BackfillDayId parse(String text) {
        int cut = text.lastIndexOf(':');
        if (!text.startsWith(PREFIX) || cut < PREFIX.length()) {
            throw new IllegalArgumentException("backfill day '" + text + "', expected backfill:VERSION:DAY");
        }
        return new BackfillDayId(
                VersionId.parse(text.substring(PREFIX.length(), cut)), LocalDate.parse(text.substring(cut + 1)));
    }

    /** Returns the day of the market that these predictions are about. */
    public MarketDayId marketDay() {
        return new MarketDayId(version.model().symbol(), Interval.ONE_MINUTE, day);
    }

    public Instant openTime(int minute) {
        return marketDay().openTime(minute);
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + version + ":" + day;
    }
}
